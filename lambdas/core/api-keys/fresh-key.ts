import { mac } from '../digest.ts';
import type { KeyDeps } from './key-deps.ts';
import { idBytes, secretBytes, writeKeyText } from './key-text.ts';

/**
 * A new key. A request that is repeated gets the same one: its bytes are derived, so that nothing secret has to be kept
 * for the repetition.
 * @param repeatable what makes requests one request, such as who asks with which idempotency key. @default none
 */
export async function freshKey(
  repeatable: readonly string[] | undefined,
  { stage, entropy, pepper }: Pick<KeyDeps, 'stage' | 'entropy' | 'pepper'>,
): Promise<{ readonly keyId: string; readonly text: string }> {
  if (!repeatable) {
    return writeKeyText(stage, bytesOf(entropy.token(idBytes)), bytesOf(entropy.token(secretBytes)));
  }
  const key = await pepper.read();
  // The purpose keeps one pepper from serving two, and JSON the parts from running into each other.
  const derive = (part: 'id' | 'secret') => bytesOf(mac(key, JSON.stringify([`api-key ${part}`, ...repeatable])));
  return writeKeyText(stage, derive('id'), derive('secret'));
}

function bytesOf(base64url: string): Uint8Array {
  return Buffer.from(base64url, 'base64url');
}
