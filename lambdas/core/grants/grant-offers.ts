import type { Client } from '../client.ts';
import type { TrustedIssuer } from '../trusted-issuer.ts';

/** What is known of a grant type without the code that answers it: metadata, registration and OpenAPI need no more. */
export interface GrantOffer {
  /** Value of `grant_type`. */
  readonly grantType: string;
  /** Its own parameters that must not repeat; others are ignored. */
  readonly parameters: readonly string[];
  /** Kinds of clients that may be registered for it. @default every kind */
  readonly clientKinds?: readonly Client['kind'][];
  /** Whether clients that do not authenticate are refused. @default false */
  readonly confidential?: boolean;
  /** Whether it can work only where an issuer is trusted. @default false */
  readonly needsTrustedIssuer?: boolean;
}

/** Every grant type that there is. */
export const grantOffers = {
  authorizationCode: {
    grantType: 'authorization_code',
    parameters: ['code', 'redirect_uri', 'code_verifier', 'authorization_details'],
  },
  refreshToken: { grantType: 'refresh_token', parameters: ['refresh_token', 'scope', 'authorization_details'] },
  deviceCode: { grantType: 'urn:ietf:params:oauth:grant-type:device_code', parameters: ['device_code'] },
  // X-CC: pre-registered clients only. One that registered itself would open the servers to everybody. OAuth 2.1 §4.2:
  // confidential ones only.
  clientCredentials: {
    grantType: 'client_credentials',
    parameters: ['scope'],
    clientKinds: ['pre-registered'],
    confidential: true,
  },
  // The identity provider names the client, so its id must be one that nobody else can register.
  jwtBearer: {
    grantType: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    parameters: ['assertion', 'scope'],
    clientKinds: ['pre-registered', 'metadata-document'],
    confidential: true,
    needsTrustedIssuer: true,
  },
  // Whoever may exchange gets tokens that were not given to it: an administrator must have said so.
  tokenExchange: {
    grantType: 'urn:ietf:params:oauth:grant-type:token-exchange',
    parameters: [
      'subject_token',
      'subject_token_type',
      'requested_token_type',
      'actor_token',
      'actor_token_type',
      'scope',
    ],
    clientKinds: ['pre-registered'],
    confidential: true,
  },
} as const satisfies Readonly<Record<string, GrantOffer>>;

/** The grant types that work in this deployment. */
export function offeredGrants(known: { readonly trustedIssuers: readonly TrustedIssuer[] }): readonly GrantOffer[] {
  const all: readonly GrantOffer[] = Object.values(grantOffers);
  return all.filter((offer) => !offer.needsTrustedIssuer || known.trustedIssuers.length > 0);
}
