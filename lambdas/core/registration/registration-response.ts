import type { Client } from '../client.ts';

/** Where a client manages its registration (RFC 7592 §3). */
function registrationClientUri(issuer: string, clientId: string): string {
  return `${issuer}/register/${encodeURIComponent(clientId)}`;
}

/**
 * What a client is told about its registration: everything that was registered, nothing that was not
 * (RFC 7591 §3.2.1). Members without a value are left out, because clients refuse null (clients.md pain 16).
 * @param known `secret`: shown when it is made; `registrationAccessToken`: as the client has it (RFC 7592 §3)
 */
export function registrationResponse(
  client: Client,
  issuer: string,
  known: { readonly secret?: string | undefined; readonly registrationAccessToken?: string | undefined },
): Readonly<Record<string, unknown>> {
  const { secret, registrationAccessToken } = known;
  const members = {
    client_id: client.clientId,
    client_id_issued_at: client.registeredAt,
    client_secret: secret,
    // 0: the secret does not expire; required beside a secret.
    client_secret_expires_at: secret === undefined ? undefined : 0,
    registration_access_token: registrationAccessToken,
    registration_client_uri:
      registrationAccessToken === undefined ? undefined : registrationClientUri(issuer, client.clientId),
    client_name: client.clientName,
    redirect_uris: client.redirectUris,
    token_endpoint_auth_method: client.tokenEndpointAuthMethod,
    token_endpoint_auth_signing_alg: client.assertionAlgorithm,
    jwks: client.jwks,
    jwks_uri: client.jwksUri,
    grant_types: client.grantTypes,
    response_types: client.responseTypes,
    scope: client.scope,
    application_type: client.applicationType,
    client_uri: client.clientUri,
    logo_uri: client.logoUri,
    policy_uri: client.policyUri,
    tos_uri: client.tosUri,
    contacts: client.contacts,
    software_id: client.softwareId,
    software_version: client.softwareVersion,
    dpop_bound_access_tokens: client.dpopBoundAccessTokens,
    require_pushed_authorization_requests: client.requirePushedAuthorizationRequests,
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
