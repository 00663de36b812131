import type { Audit, AuditEvent } from '../../ports/audit.ts';

/** Who takes access back. */
export interface Doer {
  readonly sub: string;
  /** Where it is done: people do it for themselves on their own page. @default 'admin' */
  readonly place?: 'admin' | 'account';
}

/**
 * Writes down who took what back; and where that is somebody else's, also that it happened to them, so that their own
 * trail has it.
 * @param what `session`, `consent`, `client` or `person`
 * @param owner subject of the person who lost access, if it is one
 */
export function recordRevocation(
  what: string,
  { who, owner, ...about }: { readonly who: Doer; readonly owner?: string } & Pick<AuditEvent, 'gid' | 'clientId'>,
  audit: Audit,
): void {
  const { sub, place = 'admin' } = who;
  const isForeign = owner !== undefined && owner !== sub;
  audit.record({ type: `${place}.${what}.revoked`, sub, ...about, ...(isForeign && { changed: `person:${owner}` }) });
  if (isForeign) audit.record({ type: `${what}.revoked`, sub: owner, ...about, reason: place });
}
