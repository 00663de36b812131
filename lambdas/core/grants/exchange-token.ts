import type { AuthorizationDetail } from '../authorization-request.ts';
import { authenticateClient } from '../client-auth/authenticate-client.ts';
import { hasProof } from '../client-auth/has-proof.ts';
import type { SentProof } from '../dpop/token-proof.ts';
import { checkTokenProof, spendTokenProof } from '../dpop/token-proof.ts';
import { OAuthError } from '../errors.ts';
import { parameter, requiredParameter } from '../parameters.ts';
import { offeredGrants } from './grant-offers.ts';
import { grantTypes } from './index.ts';
import type { GrantType } from './index.ts';
import { requireGrantType } from './require-grant-type.ts';
import type { Lifetimes } from '../lifetimes.ts';
import type { Audit } from '../ports/audit.ts';
import type { ClientKeys } from '../ports/client-keys.ts';
import type { Clients } from '../ports/clients.ts';
import type { Clock } from '../ports/clock.ts';
import type { DeviceAuthorizations } from '../ports/device-authorizations.ts';
import type { Entropy } from '../ports/entropy.ts';
import type { GrantStates } from '../ports/grant-states.ts';
import type { Grants } from '../ports/grants.ts';
import type { IssuerKeys } from '../ports/issuer-keys.ts';
import type { Pepper } from '../ports/pepper.ts';
import type { Replay } from '../ports/replay.ts';
import type { Revocations } from '../ports/revocations.ts';
import type { Signer } from '../ports/signer.ts';
import type { SigningKeys } from '../ports/signing-keys.ts';
import type { ProtectedServer } from '../protected-server.ts';
import type { TrustedIssuer } from '../trusted-issuer.ts';

/** What the token endpoint needs. Give it `cachedClients(clients, clock)` to spare a read a request. */
export interface TokenDeps {
  readonly clients: Clients;
  readonly clientKeys: ClientKeys;
  readonly grants: Grants;
  /** Grants with all that may have ended them, to judge a token that is shown. */
  readonly grantStates: GrantStates;
  readonly revocations: Pick<Revocations, 'latest'>;
  readonly signingKeys: SigningKeys;
  readonly signer: Signer;
  readonly pepper: Pepper;
  readonly replay: Replay;
  readonly deviceAuthorizations: DeviceAuthorizations;
  /** Keys of `trustedIssuers`. */
  readonly issuerKeys: IssuerKeys;
  readonly audit: Audit;
  readonly entropy: Entropy;
  readonly clock: Clock;
  readonly issuer: string;
  readonly servers: readonly ProtectedServer[];
  readonly lifetimes: Lifetimes;
  /** Whose identity assertions are taken (ID-JAG). */
  readonly trustedIssuers: readonly TrustedIssuer[];
  /** Issuer identifier of the provider where people sign in. */
  readonly upstreamIssuer: string;
  /**
   * Whether DPoP proofs must carry a nonce of this server (RFC 9449 §8).
   * @default false
   */
  readonly dpopNonce?: boolean | undefined;
}

/** Successful answer of the token endpoint (OAuth 2.1 §3.2.3). */
export interface TokenResponse {
  readonly access_token: string;
  readonly token_type: 'Bearer' | 'DPoP';
  /** Seconds. */
  readonly expires_in: number;
  readonly scope: string;
  /** RFC 9396 §7: what the access token carries. */
  readonly authorization_details?: readonly AuthorizationDetail[];
  readonly refresh_token?: string;
  /** OpenID Connect only (OIDC Core §3.1.3.3). */
  readonly id_token?: string;
  /** Token exchange only (RFC 8693 §2.2.1). */
  readonly issued_token_type?: string;
}

/** A request to the token endpoint. */
export interface TokenRequest {
  /** Value of the `Authorization` header, if there was one. */
  readonly authorizationHeader?: string;
  /** The form body. */
  readonly params: URLSearchParams;
  /** The DPoP proof, if there was one (RFC 9449 §5). */
  readonly dpop?: SentProof;
}

const commonParameters = ['grant_type', 'client_id', 'client_secret', 'client_assertion', 'client_assertion_type'];

/** @throws OAuthError unsupported_grant_type */
function requestedGrantType(params: URLSearchParams, deps: Pick<TokenDeps, 'trustedIssuers'>): GrantType {
  const offered = offeredGrants(deps).map((offer) => offer.grantType);
  const name = requiredParameter(params, 'grant_type');
  const found = offered.includes(name) ? grantTypes.find((known) => known.grantType === name) : undefined;
  if (found) return found;
  throw new OAuthError('unsupported_grant_type', `grant_type must be one of: ${offered.join(', ')}`);
}

/**
 * Answers a token request (OAuth 2.1 §3.2).
 * @throws OAuthError for the JSON body; an `invalid_client` is 401, with `WWW-Authenticate: Basic` if the request
 *   had an `Authorization` header (AS-62), everything else 400 but server_error 500
 */
export async function exchangeToken(request: TokenRequest, deps: TokenDeps): Promise<TokenResponse> {
  const { params } = request;
  const type = requestedGrantType(params, deps);
  // OAuth 2.1 §3.2: reading a parameter refuses a repeated one; all are read before anything is spent.
  for (const name of [...commonParameters, ...type.parameters]) parameter(params, name);
  const proof = request.dpop && (await checkTokenProof(request.dpop, deps));
  const client = await authenticateClient(request, deps);
  requireGrantType(client, type, hasProof(request));
  const dpopJkt = await spendTokenProof(proof, client, deps);
  const { grantType } = type;
  const audit: Audit = { record: (event) => deps.audit.record({ grantType, ...event }) };
  return type.handle({ client, params, ...(dpopJkt !== undefined && { dpopJkt }) }, { ...deps, audit });
}
