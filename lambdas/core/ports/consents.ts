/** What a person allowed a client at a resource, remembered so that the page is shown once (D7). */
export interface Consent {
  readonly sub: string;
  readonly clientId: string;
  readonly resource: string;
  /** Scopes ever allowed and not taken back. */
  readonly scopes: readonly string[];
  /** Redirect URIs (loopback ones without their port) to which the answer was sent; another one asks again. */
  readonly redirectUris: readonly string[];
  /** Epoch seconds. */
  readonly updatedAt: number;
}

export interface Consents {
  find(sub: string, clientId: string, resource: string): Promise<Consent | undefined>;

  /**
   * Adds scopes and redirect URIs to what is remembered; one write that unites sets, so parallel answers both count.
   * @param revokedBefore epoch second up to which what was remembered is dead: that is replaced, in a second write.
   *   @default 0 nothing was revoked
   */
  remember(consent: Consent, revokedBefore?: number): Promise<void>;
}
