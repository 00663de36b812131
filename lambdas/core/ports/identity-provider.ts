import type { Person } from '../person.ts';

/** Where people sign in: an OpenID provider upstream (D8). Nothing of the MCP client's request is forwarded to it. */
export interface IdentityProvider {
  /** URL to send the browser to. `state` is the login transaction's id. */
  signInUrl(transaction: { state: string; nonce: string; codeVerifier: string }): Promise<string>;

  /**
   * Exchanges the provider's answer for a verified person.
   * @param answer query string of the callback, with `code` and `state`
   * @throws IdentityProviderError if the provider refused, answered nonsense or cannot be reached
   */
  verify(answer: URLSearchParams, transaction: { state: string; nonce: string; codeVerifier: string }): Promise<Person>;
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
