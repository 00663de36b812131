import type { Client, ClientAuthMethod } from '../client.ts';
import { assertionAlgorithms } from '../client-auth/assertion-algorithms.ts';
import { authMethodNames } from '../client-auth/auth-method-names.ts';
import { publicKeys } from '../metadata-document/public-keys.ts';
import { declaredGrantTypes, declaredResponseTypes } from './declared-grant-types.ts';
import { flag, httpsUrl, invalidMember, line, text, texts } from './members.ts';
import type { Metadata } from './members.ts';
import { acceptableRedirectUris } from './redirect-uris.ts';

/** What a client says about itself; the rest of a `Client` is given by the server. */
export type DeclaredClient = Omit<
  Client,
  'clientId' | 'kind' | 'secretDigest' | 'registrationAccessTokenDigest' | 'revision' | 'registeredAt' | 'expiresAt'
>;

function authMethod(metadata: Metadata): ClientAuthMethod {
  // RFC 7591 §2: the default.
  const asked = text(metadata, 'token_endpoint_auth_method', 100) ?? 'client_secret_basic';
  const supported = authMethodNames;
  const method = supported.find((name) => name === asked);
  if (!method) throw invalidMember('token_endpoint_auth_method', `must be one of: ${supported.join(', ')}`);
  return method;
}

/** What `private_key_jwt` needs; for every other method keys mean nothing here and are left out. */
function assertionMembers(metadata: Metadata, method: ClientAuthMethod): Partial<DeclaredClient> {
  if (method !== 'private_key_jwt') return {};
  const keys = publicKeys(metadata);
  if (keys === undefined || ('jwks' in keys && keys.jwks?.keys.length === 0)) {
    throw invalidMember('jwks', 'or jwks_uri must hold the public keys of a client that uses private_key_jwt');
  }
  const assertionAlgorithm = text(metadata, 'token_endpoint_auth_signing_alg', 20);
  if (assertionAlgorithm === undefined) return keys;
  if (Object.hasOwn(assertionAlgorithms, assertionAlgorithm)) return { ...keys, assertionAlgorithm };
  const supported = Object.keys(assertionAlgorithms).join(', ');
  throw invalidMember('token_endpoint_auth_signing_alg', `must be one of: ${supported}`);
}

function applicationType(metadata: Metadata): 'native' | 'web' | undefined {
  const asked = text(metadata, 'application_type', 100);
  if (asked === undefined || asked === 'native' || asked === 'web') return asked;
  throw invalidMember('application_type', 'must be native or web');
}

/**
 * Reads client metadata (RFC 7591 §2). Members that are unknown, null or empty count as left out.
 * @param kind what the client will be; it decides which grant types it may have. @default 'dynamic'
 * @throws OAuthError invalid_redirect_uri or invalid_client_metadata, naming the member
 */
export function readClientMetadata(metadata: Metadata, kind: Client['kind'] = 'dynamic'): DeclaredClient {
  const optional = {
    clientName: line(metadata, 'client_name', 200),
    scope: text(metadata, 'scope', 2048),
    applicationType: applicationType(metadata),
    clientUri: httpsUrl(metadata, 'client_uri'),
    logoUri: httpsUrl(metadata, 'logo_uri'),
    policyUri: httpsUrl(metadata, 'policy_uri'),
    tosUri: httpsUrl(metadata, 'tos_uri'),
    contacts: texts(metadata, 'contacts', 10)?.map((contact) => contact.slice(0, 200)),
    softwareId: line(metadata, 'software_id', 200),
    softwareVersion: line(metadata, 'software_version', 200),
    // RFC 9126 §6
    // RFC 9449 §5.2
    dpopBoundAccessTokens: flag(metadata, 'dpop_bound_access_tokens'),
    requirePushedAuthorizationRequests: flag(metadata, 'require_pushed_authorization_requests'),
  };
  const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  const grantTypes = declaredGrantTypes(metadata, kind);
  // A client that is never redirected needs no address for it.
  const isRedirected = grantTypes.includes('authorization_code') || metadata['redirect_uris'] != null;
  const redirectUris = isRedirected ? acceptableRedirectUris(metadata) : [];
  const tokenEndpointAuthMethod = authMethod(metadata);
  return {
    ...given,
    ...assertionMembers(metadata, tokenEndpointAuthMethod),
    redirectUris,
    tokenEndpointAuthMethod,
    grantTypes,
    responseTypes: declaredResponseTypes(metadata, grantTypes),
  };
}
