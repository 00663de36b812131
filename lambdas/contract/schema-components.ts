import { grantOffers } from '../core/grants/grant-offers.ts';

/** A JSON Schema 2020-12. */
export type Schema = Readonly<Record<string, unknown>>;

export const text = (description: string) => ({ type: 'string', description });
export const texts = (description: string) => ({ type: 'array', items: { type: 'string' }, description });
export const uri = (description: string) => ({ type: 'string', format: 'uri', description });

/** What goes over the wire as a whole, for docs/openapi.json. Members stand as the standards name them. */
export const components = {
  Error: {
    type: 'object',
    required: ['error', 'error_description', 'error_uri'],
    properties: {
      error: text('Code, explained at error_uri'),
      error_description: text('What is wrong and what to send instead'),
      error_uri: uri('Page that explains the code'),
      trace_id: text('Only for server_error: what an administrator needs to look it up'),
    },
  },
  AuthorizationServerMetadata: {
    type: 'object',
    required: ['issuer', 'authorization_endpoint', 'token_endpoint', 'response_types_supported'],
    properties: {
      issuer: uri('Byte for byte the iss of tokens and answers'),
      authorization_endpoint: uri('GET or POST /authorize'),
      token_endpoint: uri('POST /token'),
      registration_endpoint: uri('POST /register; absent where dynamic registration is off'),
      jwks_uri: uri('Public signing keys'),
      pushed_authorization_request_endpoint: uri('POST /par'),
      require_pushed_authorization_requests: { type: 'boolean' },
      authorization_details_types_supported: texts('Types of authorization_details; absent where no server has any'),
      revocation_endpoint: uri('POST /revoke'),
      introspection_endpoint: uri('POST /introspect'),
      dpop_signing_alg_values_supported: texts('Algorithms of DPoP proofs'),
      response_types_supported: texts('code'),
      grant_types_supported: texts('Grant types of the token endpoint'),
      code_challenge_methods_supported: texts('S256'),
      token_endpoint_auth_methods_supported: texts('How clients may authenticate'),
      scopes_supported: texts('Scopes of all MCP servers, those of OpenID Connect, and offline_access'),
      userinfo_endpoint: uri('GET or POST /userinfo'),
    },
  },
  ProtectedResourceMetadata: {
    type: 'object',
    required: ['resource', 'authorization_servers'],
    properties: {
      resource: uri('URL of the MCP endpoint'),
      authorization_servers: texts('The issuer'),
      scopes_supported: texts('Scopes of this server'),
      bearer_methods_supported: texts('header'),
      resource_name: text('Name for people'),
      dpop_signing_alg_values_supported: texts('Algorithms of DPoP proofs'),
      dpop_bound_access_tokens_required: { const: false },
    },
  },
  JwkSet: {
    type: 'object',
    required: ['keys'],
    properties: { keys: { type: 'array', items: { type: 'object', required: ['kty', 'kid', 'alg', 'use'] } } },
  },
  ClientMetadata: {
    type: 'object',
    required: ['redirect_uris'],
    properties: {
      redirect_uris: texts('https, loopback http, or a private-use scheme'),
      client_name: text('Shown on the consent page as self-asserted'),
      token_endpoint_auth_method: { enum: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'] },
      token_endpoint_auth_signing_alg: { enum: ['RS256', 'PS256', 'ES256', 'EdDSA'] },
      jwks: { type: 'object', description: 'private_key_jwt: public keys; not beside jwks_uri' },
      jwks_uri: uri('private_key_jwt: where the public keys are'),
      grant_types: texts('authorization_code, refresh_token'),
      response_types: texts('code'),
      scope: text('What the client will ask; never a limit'),
      application_type: { enum: ['native', 'web'] },
      dpop_bound_access_tokens: { type: 'boolean', description: 'Its tokens need a DPoP key (RFC 9449 §5.2)' },
    },
  },
  ClientInformation: {
    type: 'object',
    required: ['client_id', 'redirect_uris'],
    properties: {
      client_id: text('The same for the same metadata of a public client'),
      client_id_issued_at: { type: 'integer', description: 'Epoch seconds' },
      client_secret: text('Confidential clients only; shown once'),
      client_secret_expires_at: { type: 'integer', description: 'Epoch seconds; 0: never' },
      redirect_uris: texts('Those that were accepted'),
      registration_access_token: text('Confidential clients only: opens registration_client_uri'),
      registration_client_uri: uri('Where the client reads, replaces and deletes its registration'),
    },
  },
  PushedRequest: {
    type: 'object',
    required: ['request_uri', 'expires_in'],
    properties: {
      request_uri: text('For the authorization endpoint, with client_id and nothing else'),
      expires_in: { type: 'integer', description: 'Seconds' },
    },
  },
  DeviceAuthorizationRequest: {
    type: 'object',
    properties: {
      client_id: text('Unless the client authenticates by Basic'),
      scope: text('Space-separated; default: all scopes of the resource'),
      resource: uri('MCP server; default: the first'),
    },
  },
  DeviceAuthorizationResponse: {
    type: 'object',
    required: ['device_code', 'user_code', 'verification_uri', 'expires_in', 'interval'],
    properties: {
      device_code: text('For the token endpoint; a secret of the device'),
      user_code: text('For the person to enter'),
      verification_uri: uri('Where to enter it'),
      verification_uri_complete: uri('The same with the code filled in, for a QR code'),
      expires_in: { type: 'integer', description: 'Seconds that both codes are good' },
      interval: { type: 'integer', description: 'Seconds between two polls' },
    },
  },
  TokenRequest: {
    type: 'object',
    required: ['grant_type'],
    properties: {
      grant_type: { enum: Object.values(grantOffers).map((offer) => offer.grantType) },
      client_id: text('Unless the client authenticates by Basic'),
      client_secret: text('client_secret_post only'),
      code: text('authorization_code: from the redirect'),
      code_verifier: text('authorization_code: PKCE'),
      redirect_uri: text('authorization_code: optional; as in the authorization request'),
      refresh_token: text('refresh_token: the newest one'),
      resource: uri('Optional; one of those that were granted'),
      authorization_details: text('Optional; some of the granted objects for this resource, as JSON'),
      scope: text('All but authorization_code and device_code: optional; no more than was granted or may be given'),
      device_code: text('device_code: from the device authorization endpoint'),
      assertion: text('jwt-bearer: an ID-JAG of an issuer that is trusted here'),
      subject_token: text('token-exchange: an access token of this server'),
      subject_token_type: text('token-exchange: urn:ietf:params:oauth:token-type:access_token'),
      audience: text('token-exchange: id of an MCP server, in place of resource'),
    },
  },
  TokenResponse: {
    type: 'object',
    required: ['access_token', 'token_type', 'expires_in', 'scope'],
    properties: {
      access_token: text('JWT (RFC 9068)'),
      token_type: { enum: ['Bearer', 'DPoP'] },
      expires_in: { type: 'integer', description: 'Seconds' },
      scope: text('What was granted'),
      authorization_details: { type: 'array', items: { type: 'object', required: ['type'] } },
      id_token: text('JWT for the client; only with openid (OIDC Core §2)'),
      refresh_token: text('Replaces the one that was used'),
      issued_token_type: text('token-exchange only (RFC 8693 §2.2.1)'),
    },
  },
  PresentedToken: {
    type: 'object',
    required: ['token'],
    properties: {
      token: text('Access token or refresh token'),
      token_type_hint: text('Not needed; ignored'),
      client_id: text('Unless the client authenticates by Basic'),
      client_secret: text('client_secret_post only'),
    },
  },
  Introspection: {
    type: 'object',
    required: ['active'],
    properties: {
      active: { type: 'boolean', description: 'false: nothing else is said (RFC 7662 §2.2)' },
      iss: uri('The issuer'),
      sub: text('The person, or the client itself'),
      aud: uri('Access tokens: the MCP server for which it is good'),
      client_id: text('To whom it was issued'),
      scope: text('What it opens'),
      exp: { type: 'integer', description: 'Epoch seconds' },
      iat: { type: 'integer', description: 'Epoch seconds' },
      jti: text('Access tokens: id'),
      token_type: { enum: ['Bearer', 'DPoP'], description: 'Access tokens only' },
      cnf: { type: 'object', description: 'Key without which it is worth nothing (RFC 9449 §6)' },
      act: { type: 'object', description: 'Who acts for the subject (RFC 8693 §4.1)' },
      authorization_details: { type: 'array', items: { type: 'object' } },
      username: text('Address of the person; only for servers that an administrator registered'),
    },
  },
  PersonClaims: {
    type: 'object',
    required: ['sub'],
    properties: {
      sub: text('The same as in the ID token'),
      name: text('With the scope profile'),
      email: text('With the scope email'),
      email_verified: { type: 'boolean', description: 'Whether the identity provider vouches for the address' },
    },
  },
} as const satisfies Record<string, Schema>;
