/** Whose access ended: all of a client, all of a person, or what a person gave a client. */
export type RevocationTarget =
  | { readonly kind: 'client'; readonly clientId: string }
  | { readonly kind: 'person'; readonly sub: string }
  | { readonly kind: 'consent'; readonly sub: string; readonly clientId: string };

/**
 * Up to when access was taken back (docs/decisions/0021). Everything that began in that second or before is dead,
 * however much it is, also what no list shows yet: so that taking back is one write, and no race escapes it.
 */
export interface Revocations {
  /**
   * One write; the second only ever grows.
   * @param before epoch seconds: what began then or earlier is dead
   * @param keepUntil epoch seconds: from then on nothing that old can be alive anyway
   */
  revoke(target: RevocationTarget, before: number, keepUntil: number): Promise<void>;
  /** The latest second of any of the targets, 0 if there is none; one strongly consistent read for all. */
  latest(targets: readonly RevocationTarget[]): Promise<number>;
}
