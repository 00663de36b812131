/** Whose access ended: all of a client, all of a person, or what a person gave a client. */
export type RevocationTarget =
  | { readonly kind: 'client'; readonly clientId: string }
  | { readonly kind: 'person'; readonly sub: string }
  | { readonly kind: 'consent'; readonly sub: string; readonly clientId: string };

/**
 * Up to when access was taken back (docs/decisions/0021). Everything that began in that second or before is dead,
 * however much it is, also what no list shows yet: so that taking back is one write, and no race escapes it. It stays
 * for ever: API keys and remembered consents may be as old as they like.
 */
export interface Revocations {
  /**
   * One write; the second only ever grows. Call `endAccess` of core/admin/revoke instead, which leaves no gap between
   * the clock and the write.
   * @param before epoch seconds: what began then or earlier is dead
   */
  revoke(target: RevocationTarget, before: number): Promise<void>;
  /** The latest second of any of the targets, 0 if there is none; one strongly consistent read for up to 100. */
  latest(targets: readonly RevocationTarget[]): Promise<number>;
  /** The second of each target in their order, 0 where there is none; one strongly consistent read for each 100. */
  latestOfEach(targets: readonly RevocationTarget[]): Promise<readonly number[]>;
}
