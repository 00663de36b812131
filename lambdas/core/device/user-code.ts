import type { Entropy } from '../ports/entropy.ts';

/** RFC 8628 §6.1: consonants only, so that no word comes out and nothing looks like a digit. */
const letters = 'BCDFGHJKLMNPQRSTVWXZ';
const length = 8;
/** Largest multiple of the alphabet's size in a byte: bytes above it would make some letters likelier. */
const fair = 256 - (256 % letters.length);

/** A new user code, 34 bits, without its hyphen. */
export function newUserCode(entropy: Entropy): string {
  let code = '';
  while (code.length < length) {
    const bytes = [...Buffer.from(entropy.token(16), 'base64url')].filter((byte) => byte < fair);
    code += bytes.map((byte) => letters[byte % letters.length]).join('');
  }
  return code.slice(0, length);
}

/** How a user code is shown: `BCDF-GHJK`. */
export function shownUserCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/**
 * The user code in what a person typed: case, spaces and hyphens do not matter (RFC 8628 §6.1).
 * @returns undefined if it can be none
 */
export function typedUserCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s\p{Pd}._]/gu, '');
  return code.length === length && [...code].every((letter) => letters.includes(letter)) ? code : undefined;
}
