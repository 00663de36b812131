/** How long things last; all in seconds. Structurally the `lifetimes` of the settings. */
export interface Lifetimes {
  readonly accessToken: number;
  /** Seconds without use after which a refresh token ends. */
  readonly refreshTokenIdle: number;
  /** Seconds after sign-in beyond which no refresh goes. */
  readonly refreshTokenAbsolute: number;
  /** Seconds in which the previous refresh token still gets the same successor. */
  readonly refreshReplayWindow: number;
  /** Windows of single clients, by client id or by the host of their metadata document. @default none */
  readonly refreshReplayWindows?: Readonly<Record<string, number>> | undefined;
  readonly authorizationCode: number;
  /** From the authorization request to the person's answer. */
  readonly signInTransaction: number;
  readonly browserSession: number;
  /** After which a registration that was never used ends. */
  readonly unusedRegistration: number;
}
