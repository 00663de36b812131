import type { Client } from '../client.ts';
import type { TrustedIssuer } from '../trusted-issuer.ts';
import { authorizationCode } from './authorization-code.ts';
import { clientCredentials } from './client-credentials.ts';
import { deviceCode } from './device-code.ts';
import type { TokenDeps, TokenResponse } from './exchange-token.ts';
import { jwtBearer } from './jwt-bearer.ts';
import { refreshToken } from './refresh-token.ts';
import { tokenExchange } from './token-exchange.ts';

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
  /** Whether it can work in this deployment. @default always */
  isOffered?(known: { readonly trustedIssuers: readonly TrustedIssuer[] }): boolean;
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

/** Every grant type that there is; metadata, registration and the token endpoint offer exactly these. */
export const grantTypes: readonly GrantType[] = [
  authorizationCode,
  refreshToken,
  deviceCode,
  clientCredentials,
  jwtBearer,
  tokenExchange,
];
