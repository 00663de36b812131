import { drawFor } from '../admin/repeatable.ts';
import type { KeyDeps } from './key-deps.ts';
import type { KeyMaker } from './key-maker.ts';
import { writeKeyText } from './key-text.ts';

/** A new key; a request that is repeated gets the same one, without anything secret being kept for it. */
export async function freshKey(
  { owner, actsAs, idempotencyKey }: KeyMaker,
  { stage, entropy, pepper }: Pick<KeyDeps, 'stage' | 'entropy' | 'pepper'>,
): Promise<{ readonly keyId: string; readonly text: string }> {
  const draw = await drawFor(`api-key of ${actsAs}`, owner, idempotencyKey, { entropy, pepper });
  return writeKeyText(stage, bytesOf(draw('id')), bytesOf(draw('secret')));
}

function bytesOf(base64url: string): Uint8Array {
  return Buffer.from(base64url, 'base64url');
}
