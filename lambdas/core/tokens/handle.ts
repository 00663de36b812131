import { OAuthError } from '../errors.ts';
import { mac, sameText } from '../digest.ts';

/** What a code or refresh token carries: its grant, the grant's salt and, for refresh tokens, its number. */
export interface Handle {
  readonly gid: string;
  readonly salt: string;
}

export interface RefreshHandle extends Handle {
  /** 1 is the first. */
  readonly generation: number;
}

// 16 random bytes are 22 base64url characters, an HMAC-SHA-256 is 43.
const code = /^gc_(?<gid>[\w-]{22})\.(?<salt>[\w-]{22})\.(?<mac>[\w-]{43})$/;
const refreshToken = /^gr_(?<gid>[\w-]{22})\.(?<salt>[\w-]{22})\.(?<generation>[1-9]\d{0,8})\.(?<mac>[\w-]{43})$/;

// The label keeps a code's mac from being good for a refresh token, and one pepper from serving two purposes.
function proof(pepper: Uint8Array, label: 'code' | 'refresh', handle: Handle, generation: number): string {
  return mac(pepper, `${label}|${handle.gid}|${handle.salt}|${generation}`);
}

function matched(pattern: RegExp, text: string, name: string): Record<string, string> {
  const groups = pattern.exec(text)?.groups;
  if (!groups) throw invalid(name, 'malformed');
  return groups;
}

function invalid(name: string, reason: string): OAuthError {
  const tag = `${name}_${reason}`.replace(' ', '_');
  return new OAuthError('invalid_grant', `the ${name} is not valid; start the authorization again`, { reason: tag });
}

/** Makes the code of a grant; the same handle always gives the same code. */
export function mintCode(pepper: Uint8Array, handle: Handle): string {
  return `gc_${handle.gid}.${handle.salt}.${proof(pepper, 'code', handle, 0)}`;
}

/** @throws OAuthError invalid_grant unless this server made it; nothing is asked of the store */
export function readCode(pepper: Uint8Array, text: string): Handle {
  const { gid = '', salt = '', mac = '' } = matched(code, text, 'code');
  const handle = { gid, salt };
  if (!sameText(mac, proof(pepper, 'code', handle, 0))) throw invalid('code', 'forged');
  return handle;
}

/** Makes refresh token number `generation` of a grant; the same handle always gives the same token. */
export function mintRefreshToken(pepper: Uint8Array, handle: RefreshHandle): string {
  const { gid, salt, generation } = handle;
  return `gr_${gid}.${salt}.${generation}.${proof(pepper, 'refresh', handle, generation)}`;
}

/** @throws OAuthError invalid_grant unless this server made it; nothing is asked of the store */
export function readRefreshToken(pepper: Uint8Array, text: string): RefreshHandle {
  const { gid = '', salt = '', generation = '', mac = '' } = matched(refreshToken, text, 'refresh token');
  const handle = { gid, salt, generation: Number(generation) };
  if (!sameText(mac, proof(pepper, 'refresh', handle, handle.generation))) throw invalid('refresh token', 'forged');
  return handle;
}
