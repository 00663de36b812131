/** What a verified access token says (RFC 9068 §2.2); every member was checked. */
export interface AccessTokenClaims {
  readonly iss: string;
  /** The person, or the client itself for machine grants. */
  readonly sub: string;
  /** The resource identifier of the one server for which the token is good. */
  readonly aud: string;
  readonly clientId: string;
  readonly jti: string;
  /** Grant id: what the guard asks the store about (D9). */
  readonly gid: string;
  /** Space-separated scopes, implied ones not expanded. */
  readonly scope: string;
  /** Epoch seconds. */
  readonly iat: number;
  /** Epoch seconds; the token is dead from this second on. */
  readonly exp: number;
}
