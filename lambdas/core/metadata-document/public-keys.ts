import type { Client } from '../client.ts';
import type { Metadata } from '../registration/members.ts';
import { invalidMember, text } from '../registration/members.ts';

/** RFC 7518 §6: members of private and symmetric keys. */
const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const most = 20;

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function keySet(value: unknown): NonNullable<Client['jwks']> {
  const keys = isObject(value) ? value['keys'] : undefined;
  if (!Array.isArray(keys) || !keys.every(isObject))
    throw invalidMember('jwks', 'must be an object with an array keys');
  if (keys.length > most) throw invalidMember('jwks', `has more than ${most} keys`);
  if (keys.some((key) => key['kty'] === 'oct' || secretMembers.some((member) => Object.hasOwn(key, member)))) {
    throw invalidMember('jwks', 'holds a key that is not public; replace it, since everybody can read it');
  }
  return { keys };
}

function keySetUrl(body: Metadata): string | undefined {
  const url = text(body, 'jwks_uri', 2048);
  if (url === undefined) return undefined;
  // Everything else about it is judged when it is fetched.
  if (!/^https:\/\/[^@#\s\\]+$/.test(url) || !URL.canParse(url))
    throw invalidMember('jwks_uri', 'must be an https URL');
  return url;
}

/**
 * The public keys in client metadata, or where they are (RFC 7591 §2).
 * @throws OAuthError invalid_client_metadata if there are both, or if a key is not public
 */
export function publicKeys(body: Metadata): Pick<Client, 'jwks'> | Pick<Client, 'jwksUri'> | undefined {
  const inline = Object.hasOwn(body, 'jwks') ? (body['jwks'] ?? undefined) : undefined;
  const jwksUri = keySetUrl(body);
  if (inline !== undefined && jwksUri !== undefined)
    throw invalidMember('jwks', 'and jwks_uri are both there; keep one');
  if (inline !== undefined) return { jwks: keySet(inline) };
  return jwksUri === undefined ? undefined : { jwksUri };
}
