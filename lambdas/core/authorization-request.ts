declare const trusted: unique symbol;

/**
 * A redirect URI that was matched against the registered ones of its client. Only `authorize/redirect-uri.ts` makes
 * one, and only a value of this type can be redirected to: an open redirect is a type error (AS-41).
 */
export interface TrustedRedirect {
  readonly [trusted]: true;
  readonly uri: string;
  /** Returned verbatim in every response (AS-45). */
  readonly state?: string;
}

/** An authorization request that passed every check; plain data, so that it can wait in a login transaction. */
export interface AuthorizationRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly state?: string;
  /** PKCE S256 challenge. */
  readonly codeChallenge: string;
  /** Canonical resource identifiers, at least one. */
  readonly resources: readonly string[];
  /** Known scopes only, in the order of the server's list; `offline_access` is never among them. */
  readonly scopes: readonly string[];
  /** Scopes of OpenID Connect that were asked: `openid`, `email`, `profile`. */
  readonly identityScopes?: readonly string[];
  /** OIDC Core §3.1.2.1. */
  readonly nonce?: string;
  readonly prompt?: readonly ('none' | 'login' | 'consent' | 'select_account')[];
  /** Seconds. */
  readonly maxAge?: number;
  readonly loginHint?: string;
  /** RFC 9396 §2. */
  readonly authorizationDetails?: readonly AuthorizationDetail[];
  /** RFC 9449 §10: thumbprint of the key to which the code is bound. */
  readonly dpopJkt?: string;
}

/** One element of `authorization_details` (RFC 9396 §2); `type` decides what else it holds. */
export interface AuthorizationDetail {
  readonly type: string;
  readonly [member: string]: unknown;
}
