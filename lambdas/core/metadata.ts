import { assertionAlgorithms } from './client-auth/assertion-algorithms.ts';
import { authMethodNames } from './client-auth/auth-method-names.ts';
import { dpopMetadata } from './dpop/dpop-metadata.ts';
import { offeredGrants } from './grants/grant-offers.ts';
import { idJagMetadata } from './id-jag/id-jag-metadata.ts';
import { identityScopes } from './identity/identity-scopes.ts';
import { openIdMetadata } from './identity/openid-metadata.ts';
import type { SigningAlgorithm } from './ports/signing-keys.ts';
import type { ProtectedServer } from './protected-server.ts';
import { tokenServers } from './token-servers.ts';
import type { TrustedIssuer } from './trusted-issuer.ts';
import { tokenManagementMetadata } from './tokens/token-management-metadata.ts';

/** Absolute URLs of what the authorization server serves. */
export interface Endpoints {
  readonly authorization: string;
  readonly token: string;
  readonly jwks: string;
  readonly userinfo: string;
  readonly revocation: string;
  readonly introspection: string;
  readonly pushedAuthorizationRequest: string;
  readonly deviceAuthorization: string;
  /** Absent: dynamic registration is off. */
  readonly registration?: string;
}

/** Authorization server metadata (RFC 8414 §2); the OpenID Connect discovery path serves the same document. */
export function authorizationServerMetadata(known: {
  readonly issuer: string;
  readonly endpoints: Endpoints;
  readonly servers: readonly ProtectedServer[];
  /** Of access tokens and ID tokens. @default 'RS256' */
  readonly signingAlgorithm?: SigningAlgorithm;
  /** Whether client ids may be URLs of metadata. @default false */
  readonly metadataDocuments?: boolean;
  /** RFC 9126 §5. @default false */
  readonly requirePushedAuthorizationRequests?: boolean | undefined;
  /** Whose identity assertions are taken. @default [] none */
  readonly trustedIssuers?: readonly TrustedIssuer[];
  /** URL of the documentation for developers of clients. */
  readonly serviceDocumentation?: string;
}): Record<string, unknown> {
  const { issuer, endpoints, serviceDocumentation, trustedIssuers = [] } = known;
  const servers = tokenServers(known.servers);
  const scopes = servers.flatMap((server) => server.scopes.map((scope) => scope.name));
  const detailTypes = [...new Set(servers.flatMap((server) => server.authorizationDetailTypes ?? []))];
  return {
    issuer,
    authorization_endpoint: endpoints.authorization,
    token_endpoint: endpoints.token,
    jwks_uri: endpoints.jwks,
    ...(endpoints.registration !== undefined && { registration_endpoint: endpoints.registration }),
    // offline_access stands here only: clients add it where they find it (clients.md pain 3, RS-04).
    scopes_supported: [...new Set([...scopes, ...identityScopes, 'offline_access'])],
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: offeredGrants({ trustedIssuers }).map((type) => type.grantType),
    ...idJagMetadata(trustedIssuers),
    // RFC 8628 §4
    device_authorization_endpoint: endpoints.deviceAuthorization,
    token_endpoint_auth_methods_supported: authMethodNames,
    // RFC 8414 §2: required beside private_key_jwt.
    token_endpoint_auth_signing_alg_values_supported: Object.keys(assertionAlgorithms),
    ...tokenManagementMetadata(endpoints),
    ...dpopMetadata,
    // MCP clients must give up without it (AS-03).
    code_challenge_methods_supported: ['S256'],
    // CIMD §5 (AS-05)
    ...(known.metadataDocuments && { client_id_metadata_document_supported: true }),
    // RFC 9126 §5
    pushed_authorization_request_endpoint: endpoints.pushedAuthorizationRequest,
    require_pushed_authorization_requests: known.requirePushedAuthorizationRequests ?? false,
    // RFC 9396 §10
    ...(detailTypes.length > 0 && { authorization_details_types_supported: detailTypes }),
    // RFC 9207 §3
    authorization_response_iss_parameter_supported: true,
    // RFC 9728 §4
    protected_resources: servers.map((server) => server.resource),
    ...(serviceDocumentation !== undefined && { service_documentation: serviceDocumentation }),
    ...openIdMetadata({ userinfo: endpoints.userinfo, signingAlgorithm: known.signingAlgorithm ?? 'RS256' }),
  };
}
