import type { ProtectedServer } from './protected-server.ts';

/** Absolute URLs of what the authorization server serves. */
export interface Endpoints {
  readonly authorization: string;
  readonly token: string;
  readonly jwks: string;
  /** Absent: dynamic registration is off. */
  readonly registration?: string;
}

/** Authorization server metadata (RFC 8414 §2); the OpenID Connect discovery path serves the same document. */
export function authorizationServerMetadata(_known: {
  readonly issuer: string;
  readonly endpoints: Endpoints;
  readonly servers: readonly ProtectedServer[];
  /** URL of the documentation for developers of clients. */
  readonly serviceDocumentation?: string;
}): Record<string, unknown> {
  throw new Error('not yet');
}
