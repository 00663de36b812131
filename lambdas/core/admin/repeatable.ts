import { mac } from '../digest.ts';
import type { Entropy } from '../ports/entropy.ts';
import type { Pepper } from '../ports/pepper.ts';
import { AdminRefusal } from './admin-refusal.ts';

/** Seconds in which a repeated request gets the answer of the first. */
export const repeatWindow = 600;

/** What `made` things are random by: another label is another value, of 43 base64url characters (256 bits). */
export type Draw = (label: string) => string;

/**
 * Where ids and secrets of a new thing come from. With an idempotency key they follow from who asked for what, so that
 * a request whose answer was lost makes the same again; nobody without the pepper can tell them.
 * @param purpose such as `client`; it parts what two operations draw
 * @param who subject of who asks, so that nobody repeats the request of somebody else
 */
export async function drawFor(
  purpose: string,
  who: string,
  idempotencyKey: string | undefined,
  deps: { readonly entropy: Entropy; readonly pepper: Pepper },
): Promise<Draw> {
  if (idempotencyKey === undefined) return () => deps.entropy.token(32);
  const pepper = await deps.pepper.read();
  return (label) => mac(pepper, `idempotent|${JSON.stringify([purpose, who, idempotencyKey, label])}`);
}

/** What is told to whoever uses an idempotency key for another request. */
export function keyUsedBefore(): AdminRefusal {
  const message = 'This was used for another request. Take a new one for each.';
  return new AdminRefusal('invalid', 'The idempotency key was used before.', [{ field: 'idempotencyKey', message }]);
}
