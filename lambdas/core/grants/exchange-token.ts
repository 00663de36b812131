import type { Lifetimes } from '../lifetimes.ts';
import type { Audit } from '../ports/audit.ts';
import type { Clients } from '../ports/clients.ts';
import type { Clock } from '../ports/clock.ts';
import type { Entropy } from '../ports/entropy.ts';
import type { Grants } from '../ports/grants.ts';
import type { Pepper } from '../ports/pepper.ts';
import type { Signer } from '../ports/signer.ts';
import type { SigningKeys } from '../ports/signing-keys.ts';
import type { ProtectedServer } from '../protected-server.ts';

/** What the token endpoint needs. Give it `cachedClients(clients, clock)` to spare a read a request. */
export interface TokenDeps {
  readonly clients: Clients;
  readonly grants: Grants;
  readonly signingKeys: SigningKeys;
  readonly signer: Signer;
  readonly pepper: Pepper;
  readonly audit: Audit;
  readonly entropy: Entropy;
  readonly clock: Clock;
  readonly issuer: string;
  readonly servers: readonly ProtectedServer[];
  readonly lifetimes: Lifetimes;
}

/** Successful answer of the token endpoint (OAuth 2.1 §3.2.3). */
export interface TokenResponse {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  /** Seconds. */
  readonly expires_in: number;
  readonly scope: string;
  readonly refresh_token?: string;
}

/** A request to the token endpoint. */
export interface TokenRequest {
  /** Value of the `Authorization` header, if there was one. */
  readonly authorizationHeader?: string;
  /** The form body. */
  readonly params: URLSearchParams;
}

/**
 * Answers a token request (OAuth 2.1 §3.2).
 * @throws OAuthError for the JSON body; an `invalid_client` is 401, with `WWW-Authenticate: Basic` if the request
 *   had an `Authorization` header (AS-62), everything else 400 but server_error 500
 */
export async function exchangeToken(_request: TokenRequest, _deps: TokenDeps): Promise<TokenResponse> {
  throw new Error('not yet');
}
