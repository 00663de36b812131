import type { Client } from '../client.ts';
import type { Metadata } from '../registration/members.ts';
import { invalidMember, text } from '../registration/members.ts';

/** RFC 7518 §6: members of private and symmetric keys. */
const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
/** RFC 7517 §4 and RFC 7518 §6: members of public keys. */
const publicMembers = [
  'kty',
  'use',
  'key_ops',
  'alg',
  'kid',
  'x5u',
  'x5c',
  'x5t',
  'x5t#S256',
  'n',
  'e',
  'crv',
  'x',
  'y',
];
const most = 20;

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.isWellFormed();
}

// RFC 7517 §4: members that are not understood are ignored. Those that are, are texts or lists of texts; a number that
// a table cannot keep would end the request in an error of ours.
function publicHalf(key: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const isUsable = (value: unknown) => isText(value) || (Array.isArray(value) && value.every(isText));
  return Object.fromEntries(
    Object.entries(key).filter(([name, value]) => publicMembers.includes(name) && isUsable(value)),
  );
}

function keySet(value: unknown): NonNullable<Client['jwks']> {
  const keys = isObject(value) ? value['keys'] : undefined;
  if (!Array.isArray(keys) || !keys.every(isObject))
    throw invalidMember('jwks', 'must be an object with an array keys');
  if (keys.length > most) throw invalidMember('jwks', `has more than ${most} keys`);
  if (keys.some((key) => key['kty'] === 'oct' || secretMembers.some((member) => Object.hasOwn(key, member)))) {
    throw invalidMember('jwks', 'holds a key that is not public; replace it, since everybody can read it');
  }
  return { keys: keys.map(publicHalf) };
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
