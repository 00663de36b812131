import { base62, numberOf } from './base62.ts';
import { crc32 } from './crc32.ts';

/** Stage of a deployment, as settings name it. */
export type Stage = 'development' | 'production';

const marks = { development: 'dev', production: 'prod' } as const satisfies Record<Stage, string>;

/** Bytes that an id and a secret are made of: 95 and 256 bits in letters and digits. */
const idBytes = 12;
const secretBytes = 32;

const idLength = 16;
const secretLength = 43;
const checksumLength = 6;

// What secret scanners look for: docs/decisions/0022 has it with word boundaries.
const shape = /^gh_(?<mark>dev|prod)_(?<keyId>[0-9A-Za-z]{16})_[0-9A-Za-z]{43}(?<checksum>[0-9A-Za-z]{6})$/;

/** What a key says of itself. */
export interface KeyText {
  readonly stage: Stage;
  readonly keyId: string;
}

/**
 * Writes an API key: `gh_<dev|prod>_<id>_<secret><checksum>`.
 * @param id at least 12 bytes, of which that many count
 * @param secret at least 32 bytes, likewise
 */
export function writeKeyText(stage: Stage, id: Uint8Array, secret: Uint8Array): { keyId: string; text: string } {
  if (id.length < idBytes || secret.length < secretBytes) throw new Error('too few bytes for an API key');
  const keyId = base62(numberOf(id.subarray(0, idBytes)), idLength);
  const body = `${keyPrefix(stage, keyId)}_${base62(numberOf(secret.subarray(0, secretBytes)), secretLength)}`;
  return { keyId, text: `${body}${checksumOf(body)}` };
}

/** Reads what somebody presents; costs no call to anything. @returns undefined if it is no key, or mistyped */
export function readKeyText(text: string): KeyText | undefined {
  const { mark, keyId = '', checksum } = shape.exec(text)?.groups ?? {};
  if (checksum === undefined || checksumOf(text.slice(0, -checksumLength)) !== checksum) return undefined;
  return { stage: mark === marks.production ? 'production' : 'development', keyId };
}

/** Whether somebody presents an API key rather than an access token, good or not. */
export function looksLikeKey(text: string): boolean {
  return text.startsWith('gh_');
}

/** What may be shown of a key for ever. */
export function keyPrefix(stage: Stage, keyId: string): string {
  return `gh_${marks[stage]}_${keyId}`;
}

function checksumOf(body: string): string {
  return base62(BigInt(crc32(body)), checksumLength);
}
