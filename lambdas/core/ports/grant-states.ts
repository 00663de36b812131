import type { Grant } from '../grant.ts';

/** What decides whether a token of a grant is good; `livingGrant` judges it. */
export interface GrantState {
  /** Undefined: unknown. Expired ones are returned: the caller checks. */
  readonly grant?: Grant;
  /** Latest second up to which the person, the client or the consent between them was revoked; 0: never. */
  readonly revokedBefore: number;
  /**
   * Second up to which the client that was named was revoked, if the grant is another one's: the token was exchanged
   * (RFC 8693), and those that were issued until then are dead. Otherwise 0.
   */
  readonly holderRevokedBefore: number;
}

export interface GrantStates {
  /**
   * The grant and all that may have ended it, strongly consistent. One call if the token says whose grant it is, two if
   * it does not or was exchanged.
   * @param of `sub` and `clientId` as a verified token has them
   */
  look(of: { readonly gid: string; readonly sub?: string; readonly clientId?: string }): Promise<GrantState>;
}
