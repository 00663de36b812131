/** Who signed in, as the identity provider says. */
export interface Person {
  /** Stable identifier of the person at the identity provider. */
  readonly sub: string;
  readonly email?: string;
  readonly name?: string;
  /** Whether the identity provider vouches for the address. */
  readonly emailVerified?: boolean;
  /** How the person was authenticated, as the identity provider says (OIDC Core §2). */
  readonly acr?: string;
  readonly amr?: readonly string[];
  /** Those of the person's groups that give rights of administration; all others are forgotten. */
  readonly groups?: readonly string[];
  /** Epoch seconds of the authentication. */
  readonly authTime: number;
}
