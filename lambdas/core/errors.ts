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
  | 'invalid_target';

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
