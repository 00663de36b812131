import type { Client } from '../client.ts';
import { authorizationCode } from './authorization-code.ts';
import type { TokenDeps, TokenResponse } from './exchange-token.ts';
import { refreshToken } from './refresh-token.ts';

/** A grant type of the token endpoint. */
export interface GrantType {
  /** Value of `grant_type`. */
  readonly grantType: string;
  /** Its own parameters that must not repeat; others are ignored. */
  readonly parameters: readonly string[];
  /**
   * Answers a request of an authenticated client that may use this grant type.
   * @throws OAuthError
   */
  handle(
    request: { readonly client: Client; readonly params: URLSearchParams },
    deps: TokenDeps,
  ): Promise<TokenResponse>;
}

/** Every supported grant type; metadata and registration offer exactly these. */
export const grantTypes: readonly GrantType[] = [authorizationCode, refreshToken];
