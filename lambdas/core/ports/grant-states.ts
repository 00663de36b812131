import type { Grant } from '../grant.ts';

/** What decides whether a token of a grant is good; `isGrantAlive` judges it. */
export interface GrantState {
  /** Undefined: unknown. Expired ones are returned: the caller checks. */
  readonly grant?: Grant;
  /** Latest second up to which the person, the client or the consent between them was revoked; 0: never. */
  readonly revokedBefore: number;
  /**
   * The same of the client that has the token, as far as it was named. It is another one than the grant's only if the
   * token was exchanged (RFC 8693), and then it ends the tokens that were issued until then.
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
