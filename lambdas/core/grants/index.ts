import type { Client } from '../client.ts';
import { authorizationCode } from './authorization-code.ts';
import { clientCredentials } from './client-credentials.ts';
import { deviceCode } from './device-code.ts';
import type { TokenDeps, TokenResponse } from './exchange-token.ts';
import type { GrantOffer } from './grant-offers.ts';
import { jwtBearer } from './jwt-bearer.ts';
import { refreshToken } from './refresh-token.ts';
import { tokenExchange } from './token-exchange.ts';

/** A grant type of the token endpoint. */
export interface GrantType extends GrantOffer {
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

/** Every grant type of `grantOffers`, with what answers it. */
export const grantTypes: readonly GrantType[] = [
  authorizationCode,
  refreshToken,
  deviceCode,
  clientCredentials,
  jwtBearer,
  tokenExchange,
];
