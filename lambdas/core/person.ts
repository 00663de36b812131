/** Who signed in, as the identity provider says. */
export interface Person {
  /** Stable identifier of the person at the identity provider. */
  readonly sub: string;
  readonly email?: string;
  readonly name?: string;
  /** Epoch seconds of the authentication. */
  readonly authTime: number;
}
