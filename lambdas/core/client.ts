/** How a client proves who it is at the token endpoint (RFC 7591 §2, `token_endpoint_auth_method`). */
export type ClientAuthMethod = 'none' | 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt';

/** A registered client. */
export interface Client {
  readonly clientId: string;
  /**
   * `dynamic`: registered itself (RFC 7591); its name is self-asserted. `pre-registered`: by an administrator.
   * `metadata-document`: its id is the URL of its metadata, so its host is verified.
   */
  readonly kind: 'dynamic' | 'pre-registered' | 'metadata-document';
  readonly clientName?: string;
  readonly redirectUris: readonly string[];
  readonly tokenEndpointAuthMethod: ClientAuthMethod;
  /**
   * Every method that the client may use, if its metadata offer a choice (clients.md pain 17); the one in
   * `tokenEndpointAuthMethod` is then the preferred one.
   * @default only `tokenEndpointAuthMethod`
   */
  readonly tokenEndpointAuthMethods?: readonly ClientAuthMethod[];
  /** The one algorithm of its assertions. @default any that fits its keys */
  readonly assertionAlgorithm?: string;
  /** Public keys for `private_key_jwt`, in the metadata or at a URL; never both. */
  readonly jwks?: { readonly keys: readonly Readonly<Record<string, unknown>>[] };
  readonly jwksUri?: string;
  /** Whether it promised to push every authorization request (RFC 9126 §6). */
  readonly requirePushedAuthorizationRequests?: boolean;
  /** Whether its tokens must be bound to a DPoP key (RFC 9449 §5.2). */
  readonly dpopBoundAccessTokens?: boolean;
  /** How often its metadata were replaced (RFC 7592 §2.2). @default 0 */
  readonly revision?: number;
  /** base64url SHA-256 of the registration access token (RFC 7592 §3). */
  readonly registrationAccessTokenDigest?: string;
  /** Scopes that a machine client gets; fixed by the administrator. */
  readonly machineScopes?: readonly string[];
  /** Metadata documents only: epoch second until which this copy needs no fetch (CIMD §4.4). */
  readonly freshUntil?: number;
  /** base64url SHA-256 of the secret; only for confidential clients. */
  readonly secretDigest?: string;
  /** The secret before, and the epoch second at which it ends: both work for the overlap of a rotation. */
  readonly previousSecretDigest?: string;
  readonly previousSecretUntil?: number;
  /** The revision and the epoch second of the last rotation, so that a repeated request is known. */
  readonly secretRevision?: number;
  readonly secretRotatedAt?: number;
  /** ARN of its secret in Secrets Manager, and of the IAM principals that may read it. */
  readonly secretArn?: string;
  readonly secretReaders?: readonly string[];
  /** `stack`: it is declared in bin/gatehouse.ts, so only a deployment changes it. @default the console */
  readonly managedBy?: 'stack';
  /** Epoch seconds; at most once in five minutes, and seconds late. */
  readonly lastUsedAt?: number;
  readonly grantTypes: readonly string[];
  readonly responseTypes: readonly string[];
  /** What the client said it would ask. Never a cap (clients.md pain 15). */
  readonly scope?: string;
  readonly applicationType?: 'native' | 'web';
  readonly clientUri?: string;
  readonly logoUri?: string;
  readonly policyUri?: string;
  readonly tosUri?: string;
  readonly contacts?: readonly string[];
  readonly softwareId?: string;
  readonly softwareVersion?: string;
  /** Epoch seconds. Metadata documents: when this copy was asked for. */
  readonly registeredAt: number;
  /** Epoch seconds; renewed while grants live. Absent: never ends. */
  readonly expiresAt?: number;
}
