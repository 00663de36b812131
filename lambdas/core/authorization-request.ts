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
}
