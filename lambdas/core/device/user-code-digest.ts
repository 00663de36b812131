import { mac } from '../digest.ts';
import type { Pepper } from '../ports/pepper.ts';

/**
 * Under what a user code is stored. A plain digest of 34 bits could be tried out by whoever reads the table; without the
 * pepper this cannot.
 */
export async function userCodeDigest(code: string, pepper: Pepper): Promise<string> {
  return mac(await pepper.read(), `user-code|${code}`);
}
