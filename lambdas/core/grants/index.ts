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
  /** Kinds of clients that may be registered for it. @default every kind */
  readonly clientKinds?: readonly Client['kind'][];
  /** Whether clients that cannot authenticate are refused. @default false */
  readonly confidential?: boolean;
  /**
   * Answers a request of an authenticated client that may use this grant type.
   * @throws OAuthError
   */
  handle(
    request: {
      readonly client: Client;
      readonly params: URLSearchParams;
      /** Thumbprint of the DPoP key that was proved; the access token is to be bound to it (RFC 9449 §5). */
      readonly dpopJkt?: string;
    },
    deps: TokenDeps,
  ): Promise<TokenResponse>;
}

/** Every supported grant type; metadata and registration offer exactly these. */
export const grantTypes: readonly GrantType[] = [authorizationCode, refreshToken];
