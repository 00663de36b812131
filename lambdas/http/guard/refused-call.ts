import type { AuditEvent } from '../../core/ports/audit.ts';

/** What API Gateway answers with 403, as context of the Deny: every value is safe inside a header and inside JSON. */
export interface Denial {
  /** Value of `WWW-Authenticate`. */
  readonly challenge: string;
  readonly error: string;
  readonly description: string;
}

/** Who calls, as far as it is known. */
export type Suspect = Pick<AuditEvent, 'sub' | 'clientId' | 'gid'>;

/** A call that the guard does not let pass. To the outside every refusal without a denial is the same 401. */
export class RefusedCall extends Error {
  override readonly name = 'RefusedCall';
  /** Tag of the rule, for the log only. */
  readonly reason: string;
  readonly who: Suspect;
  readonly denial: Denial | undefined;

  /** @param denial for credentials that are good, but not for this. @default none: 401 */
  constructor(reason: string, who: Suspect = {}, denial?: Denial) {
    super(reason);
    this.reason = reason;
    this.who = who;
    this.denial = denial;
  }
}
