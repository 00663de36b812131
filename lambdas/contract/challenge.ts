import { dpopAlgorithms } from '../core/dpop/dpop-algorithms.ts';

export { resourceMetadataUrl } from '../core/resource-metadata-url.ts';

/**
 * The value of `WWW-Authenticate` for an MCP endpoint. Here because both write it: the CDK as the static literal of
 * a gateway response (401), the guard for step-up (403).
 */
export interface Challenge {
  /** Absolute URL of the protected resource metadata (RFC 9728 §5.1). */
  readonly resourceMetadata: string;
  /** Scope names (RFC 6750 §3); all that the client needs, in one challenge (RS-07). */
  readonly scopes: readonly string[];
  /** Absent where no credential was sent (OAuth 2.1 §5.3.2, RS-02). */
  readonly error?: 'invalid_token' | 'insufficient_scope';
  /** Wire-safe sentence without `"` and `\` (RS-11). */
  readonly errorDescription?: string;
}

export function bearerChallenge(challenge: Challenge): string {
  const attributes = [
    ...(challenge.error ? [`error="${challenge.error}"`] : []),
    ...(challenge.errorDescription ? [`error_description="${challenge.errorDescription}"`] : []),
    ...(challenge.scopes.length > 0 ? [`scope="${challenge.scopes.join(' ')}"`] : []),
    `resource_metadata="${challenge.resourceMetadata}"`,
  ];
  return `Bearer ${attributes.join(', ')}`;
}

/**
 * The value of `WWW-Authenticate` where API keys are in question: without `resource_metadata` and error code, because
 * both would send a client to an authorization server that has no cure (RFC 6750 §3).
 * @param serverId lower-case letters, digits and hyphens
 * @param description wire-safe sentence without `"` and `\`. @default none
 */
export function keyChallenge(serverId: string, description?: string): string {
  return `Bearer realm="${serverId}"${description === undefined ? '' : `, error_description="${description}"`}`;
}

/**
 * The second challenge of a 401 (RFC 9449 §7.1): bound tokens are taken too. It stands behind the Bearer one, because
 * clients read the first scheme only.
 */
export function dpopChallenge(): string {
  return `DPoP algs="${dpopAlgorithms.join(' ')}"`;
}
