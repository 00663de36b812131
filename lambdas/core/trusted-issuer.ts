/** An issuer of identity assertions (ID-JAG) whom the administrator trusts. */
export interface TrustedIssuer {
  /** Its issuer identifier, byte for byte the `iss` of its assertions. */
  readonly issuer: string;
  /** Where its keys are. Absent: found by discovery (RFC 8414, OpenID Connect Discovery). */
  readonly jwksUri?: string | undefined;
  /** The most that its assertions can give. Absent: every scope of the server that they name. */
  readonly scopes?: readonly string[] | undefined;
}
