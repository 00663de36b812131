import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** base64url SHA-256 of a text. What is stored of secrets: they are random, so no slow hash is needed. */
export function digest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64url');
}

/** base64url HMAC-SHA-256 of a text. */
export function mac(key: Uint8Array | string, text: string): string {
  return createHmac('sha256', key).update(text, 'utf8').digest('base64url');
}

/** Compares two texts in a time that tells nothing about where they differ. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text, 'utf8').digest()) as [Buffer, Buffer];
  return timingSafeEqual(left, right);
}
