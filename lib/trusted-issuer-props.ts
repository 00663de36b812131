/** An identity provider that may let its people in at a client, with no page here (ID-JAG). It must be public. */
export interface TrustedIssuerProps {
  /** Its issuer identifier, as in its own discovery document. */
  readonly issuer: string;

  /**
   * Where its public keys are.
   * @default found in its discovery document
   */
  readonly jwksUri?: string;

  /**
   * The most that it can give.
   * @default every scope of the server that it names
   */
  readonly scopes?: readonly string[];
}

/** Who else may say who a person is. */
export interface TrustProps {
  /**
   * Identity providers whose identity assertions (ID-JAG, enterprise-managed authorization) are taken. The subject of
   * their people begins with their issuer, unless it is the provider where people sign in here.
   * @default [] none
   */
  readonly trustedIssuers?: readonly TrustedIssuerProps[];
}
