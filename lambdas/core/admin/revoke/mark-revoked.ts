import type { Clock } from '../../ports/clock.ts';
import type { Revocations, RevocationTarget } from '../../ports/revocations.ts';

/**
 * Marks a target: whatever it had when this returns is dead (docs/decisions/0021). A request that looked before the mark
 * was written may act on what it saw, with a later clock than the mark's. So the mark is written again if the clock went
 * on while it was written: who did not see it began no later than that.
 * @param ahead seconds to come that count as well. @default 0
 */
export async function markRevoked(
  target: RevocationTarget,
  { revocations, clock }: { readonly revocations: Pick<Revocations, 'revoke'>; readonly clock: Clock },
  ahead = 0,
): Promise<void> {
  const before = clock.now();
  await revocations.revoke(target, before + ahead);
  const after = clock.now();
  if (after > before) await revocations.revoke(target, after + ahead);
}
