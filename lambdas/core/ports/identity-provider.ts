import type { Person } from '../person.ts';

/** How the person is to sign in (OIDC Core §3.1.2.1). */
export interface SignInWish {
  /** `login`: even if the provider knows the person already; `select_account`: with a choice of account. */
  readonly prompt?: 'login' | 'select_account';
  /** Seconds; the answer must then say when the person signed in. */
  readonly maxAge?: number;
  /** From the client of an OpenID request; the one value of a client that is ever passed on. */
  readonly loginHint?: string;
}

/** What is ours of a sign-in. `state` is the login transaction's id. */
export interface UpstreamTransaction extends SignInWish {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/**
 * Where people sign in: an OpenID provider upstream (D8). Nothing of the MCP client's request is forwarded to it but
 * `login_hint`.
 */
export interface IdentityProvider {
  /** URL to send the browser to. */
  signInUrl(transaction: UpstreamTransaction): Promise<string>;

  /**
   * Exchanges the provider's answer for a verified person.
   * @param answer query string of the callback, with `code` and `state`
   * @throws IdentityProviderError if the provider refused, answered nonsense or cannot be reached
   */
  verify(answer: URLSearchParams, transaction: UpstreamTransaction): Promise<Person>;
}

/** `denied`: the person or the provider's policy said no; `unavailable`: not reachable; `invalid`: a bad answer. */
export class IdentityProviderError extends Error {
  override readonly name = 'IdentityProviderError';
  readonly kind: 'denied' | 'unavailable' | 'invalid';
  constructor(kind: 'denied' | 'unavailable' | 'invalid', message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}
