/** An Identity Assertion JWT Authorization Grant whose claims are in order; who signed it is another question. */
export interface IdJag {
  /** As it was sent. */
  readonly jwt: string;
  readonly algorithm: string;
  readonly kid?: string;
  readonly issuer: string;
  /** The person, in the names of the issuer. */
  readonly subject: string;
  readonly clientId: string;
  readonly jti: string;
  /** Epoch seconds. */
  readonly exp: number;
  /** Epoch seconds: when the issuer gave it. */
  readonly iat: number;
  /** Resources that it names, as it spells them; at least one. */
  readonly resources: readonly string[];
  /** Absent: the issuer does not limit it. */
  readonly scopes?: readonly string[];
  readonly email?: string;
  readonly name?: string;
  /** Epoch seconds of the person's sign-in at the issuer. */
  readonly authTime?: number;
}
