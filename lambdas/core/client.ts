/** How a client proves who it is at the token endpoint (RFC 7591 §2, `token_endpoint_auth_method`). */
export type ClientAuthMethod = 'none' | 'client_secret_basic' | 'client_secret_post';

/** A registered client. */
export interface Client {
  readonly clientId: string;
  /** `dynamic`: registered itself (RFC 7591); its name is self-asserted. `pre-registered`: by an administrator. */
  readonly kind: 'dynamic' | 'pre-registered';
  readonly clientName?: string;
  readonly redirectUris: readonly string[];
  readonly tokenEndpointAuthMethod: ClientAuthMethod;
  /** base64url SHA-256 of the secret; only for confidential clients. */
  readonly secretDigest?: string;
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
  /** Epoch seconds. */
  readonly registeredAt: number;
  /** Epoch seconds; renewed while grants live. Absent: never ends. */
  readonly expiresAt?: number;
}
