import { OAuthError } from '../errors.ts';

/** The JSON object of a registration request. */
export type Metadata = Readonly<Record<string, unknown>>;

/** @throws OAuthError invalid_client_metadata unless the body is a JSON object */
export function requireObject(body: unknown): Metadata {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Metadata;
  throw new OAuthError('invalid_client_metadata', 'the body must be a JSON object');
}

// What breaks or reverses a line of text on the consent page, or cannot be seen there.
const unprintable = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A refusal that names the member. */
export function invalidMember(name: string, problem: string): OAuthError {
  return new OAuthError('invalid_client_metadata', `${name} ${problem}`);
}

function known(metadata: Metadata, name: string): unknown {
  // Clients send null for what they leave out (clients.md pain 16).
  return Object.hasOwn(metadata, name) ? (metadata[name] ?? undefined) : undefined;
}

/** @throws OAuthError invalid_client_metadata if the member is there and no text, or longer than `longest` */
export function text(metadata: Metadata, name: string, longest: number): string | undefined {
  const value = known(metadata, name);
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') throw invalidMember(name, 'must be a string');
  if (value.length > longest) throw invalidMember(name, `is longer than ${longest} characters`);
  return value;
}

/** Text that people read: one line, nothing invisible. */
export function line(metadata: Metadata, name: string, longest: number): string | undefined {
  const value = text(metadata, name, longest)?.normalize('NFC').replace(unprintable, '').trim();
  return value === '' ? undefined : value;
}

/** An https URL, as it was written (RFC 7591 §3.2.1 echoes it); others are dropped, because nobody needs them to log in. */
export function httpsUrl(metadata: Metadata, name: string): string | undefined {
  const value = text(metadata, name, 2048);
  return value?.startsWith('https://') && URL.canParse(value) ? value : undefined;
}

/** @throws OAuthError invalid_client_metadata if the member is there and not a list of at most `most` texts */
export function texts(metadata: Metadata, name: string, most: number): readonly string[] | undefined {
  const value = known(metadata, name);
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
    throw invalidMember(name, 'must be an array of strings');
  }
  if (value.length > most) throw invalidMember(name, `has more than ${most} entries`);
  return [...new Set(value)];
}

/** True if the member says so; what is false is as good as left out. @throws OAuthError invalid_client_metadata */
export function flag(metadata: Metadata, name: string): true | undefined {
  const value = known(metadata, name);
  if (value === undefined || typeof value === 'boolean') return value || undefined;
  throw invalidMember(name, 'must be true or false');
}
