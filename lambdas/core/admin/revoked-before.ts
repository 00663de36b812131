import type { Revocations, RevocationTarget } from '../ports/revocations.ts';

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
  const targets = given.flatMap(({ sub, clientId }): RevocationTarget[] => [
    { kind: 'person', sub },
    { kind: 'client', clientId },
    { kind: 'consent', sub, clientId },
  ]);
  const seconds = targets.length > 0 ? await revocations.latestOfEach(targets) : [];
  return given.map((_, at) => Math.max(...seconds.slice(3 * at, 3 * at + 3)));
}
