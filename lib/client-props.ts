/** A client that an administrator registers. */
export interface ClientProps {
  /** What the client sends as `client_id`: up to 100 printable characters, no URL and not beginning with `dcr_`. */
  readonly clientId: string;

  /** Name that people read on the consent page. */
  readonly clientName: string;

  /** Where people are sent back to, each exactly as the client sends it. Empty: a machine, which nobody signs in for. */
  readonly redirectUris: readonly string[];

  /**
   * Grant types of the token endpoint.
   * @default ['authorization_code', 'refresh_token'], or ['client_credentials'] without redirect URIs
   */
  readonly grantTypes?: readonly string[];

  /**
   * Scopes that the client has for itself, by `client_credentials`.
   * @default [] none
   */
  readonly scopes?: readonly string[];

  /**
   * Whether it is an app on people's devices, which can keep no secret.
   * @default false
   */
  readonly public?: boolean;

  /**
   * ARN, with its random suffix, of a Secrets Manager secret whose string is the client secret. The digest of the
   * string is stored at deployment: after a change of the string, change the client or its secret here.
   * @default a new secret, whose ARN is an output, unless the client is public or has keys
   */
  readonly clientSecretArn?: string;

  /**
   * Public keys (RFC 7517) of a client that authenticates by `private_key_jwt`.
   * @default none
   */
  readonly jwks?: { readonly keys: readonly Readonly<Record<string, unknown>>[] };

  /**
   * Where such keys are, instead of `jwks`: an https URL.
   * @default none
   */
  readonly jwksUri?: string;
}

/** Which clients there are, besides those with a metadata document. */
export interface RegistrationProps {
  /**
   * Clients that an administrator registers.
   * @default [] none
   */
  readonly clients?: readonly ClientProps[];

  /**
   * Whether clients may register themselves (RFC 7591). Most MCP clients need it.
   * @default true
   */
  readonly dynamicRegistration?: boolean;

  /**
   * ARN, with its random suffix, of a Secrets Manager secret. Its string is the bearer token without which no client
   * registers itself.
   * @default none, every client may
   */
  readonly initialAccessTokenSecretArn?: string;
}
