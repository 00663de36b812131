/** An OpenID provider where people sign in. */
export interface IdentityProps {
  /** Issuer URL, as in the provider's own discovery document. */
  readonly issuer: string;

  /** Client id of Gatehouse at the provider. Register `<issuer of Gatehouse>/callback` as its redirect URI. */
  readonly clientId: string;

  /** ARN, with its random suffix, of the Secrets Manager secret whose string is the client secret. */
  readonly clientSecretArn: string;
}

/** Where people sign in. */
export interface SignInProps {
  /**
   * Any OpenID provider.
   * @default a Cognito user pool of this stack
   */
  readonly identity?: IdentityProps;

  /**
   * Whether people may create their own account in the Cognito user pool.
   * @default false an administrator adds them
   */
  readonly selfSignUp?: boolean;
}
