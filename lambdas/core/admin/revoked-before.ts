import type { Revocations } from '../ports/revocations.ts';
import { revocationTargets } from '../resource/revocation-targets.ts';

/** Who gave something, and which client has it. */
export interface Given {
  readonly sub: string;
  readonly clientId: string;
}

/**
 * Up to when each of some grants or consents was revoked, whichever way, in their order; one read for about 33 of them,
 * all at once.
 */
export async function revokedBeforeEach(
  given: readonly Given[],
  { revocations }: { readonly revocations: Pick<Revocations, 'latestOfEach'> },
): Promise<readonly number[]> {
  const targets = given.flatMap((one) => revocationTargets(one));
  const seconds = targets.length > 0 ? await revocations.latestOfEach(targets) : [];
  return given.map((_, at) => Math.max(...seconds.slice(3 * at, 3 * at + 3)));
}
