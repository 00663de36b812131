/**
 * Every error code that Gatehouse puts on the wire, grouped by the document that defines it, so that the declaration
 * doubles as a map of the specifications.
 */
export type OAuthErrorCode =
  // OAuth 2.1 §3.2.4 (token endpoint) and §4.1.2.1 (authorization endpoint)
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'invalid_scope'
  | 'access_denied'
  | 'server_error'
  | 'temporarily_unavailable'
  // RFC 6750 §3.1 (protected resource)
  | 'invalid_token'
  | 'insufficient_scope'
  // RFC 7591 §3.2.2 (registration)
  | 'invalid_redirect_uri'
  | 'invalid_client_metadata'
  // RFC 8707 §2 (resource indicators)
  | 'invalid_target'
  // RFC 8628 §3.5 (device authorization)
  | 'authorization_pending'
  | 'slow_down'
  | 'expired_token'
  // RFC 9396 §5 (rich authorization requests)
  | 'invalid_authorization_details'
  // RFC 9449 §5, §8 (DPoP)
  | 'invalid_dpop_proof'
  | 'use_dpop_nonce'
  // RFC 9101 §6.2, RFC 9126 §2.1 (request objects, pushed requests)
  | 'request_not_supported'
  | 'invalid_request_uri'
  // RFC 7009 §2.2.1 (revocation)
  | 'unsupported_token_type'
  // OpenID Connect Core §3.1.2.6
  | 'login_required'
  | 'consent_required'
  | 'interaction_required'
  | 'account_selection_required';

/**
 * A refusal. `message` is safe for the wire: it names the parameter and the cure and holds nothing that an attacker
 * does not know already. `reason` is a short tag for the log only.
 */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  readonly code: OAuthErrorCode;
  readonly reason: string;

  /**
   * @param code what the standard calls it
   * @param description wire-safe sentence in ASCII, without `"` and `\` (OAuth 2.1 §3.2.4)
   * @param detail `reason`: tag for the log, the code by default; `cause`: the evidence, for the log
   */
  constructor(code: OAuthErrorCode, description: string, detail: { reason?: string; cause?: unknown } = {}) {
    super(description.replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?'), { cause: detail.cause });
    this.code = code;
    this.reason = detail.reason ?? code;
  }
}
