import type { Grant } from '../grant.ts';

/** What decides whether a token of a grant is good. */
export interface GrantState {
  /** Undefined: unknown. Expired ones are returned: the caller checks. */
  readonly grant?: Grant;
  /** Latest second up to which the person, the client or the consent between them was revoked; 0: never. */
  readonly revokedBefore: number;
}

export interface GrantStates {
  /** The grant and all that may have ended it, strongly consistent, in one call. */
  look(of: { readonly gid: string; readonly sub: string; readonly clientId: string }): Promise<GrantState>;
}
