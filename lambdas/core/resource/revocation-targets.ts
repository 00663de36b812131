import type { RevocationTarget } from '../ports/revocations.ts';

/** Whatever can end what a person gave a client, whichever way: the one list that every door asks (docs/decisions/0021). */
export function revocationTargets({
  sub,
  clientId,
}: {
  readonly sub: string;
  readonly clientId: string;
}): readonly [person: RevocationTarget, client: RevocationTarget, consent: RevocationTarget] {
  return [
    { kind: 'person', sub },
    { kind: 'client', clientId },
    { kind: 'consent', sub, clientId },
  ];
}
