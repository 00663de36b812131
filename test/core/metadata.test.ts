import { expect, test } from 'vitest';
import { grantTypes } from '../../lambdas/core/grants/index.ts';
import { grantOffers } from '../../lambdas/core/grants/grant-offers.ts';
import { clientAuthentications } from '../../lambdas/core/client-auth/index.ts';
import { authMethodNames } from '../../lambdas/core/client-auth/auth-method-names.ts';
import { authorizationServerMetadata } from '../../lambdas/core/metadata.ts';
import { openIdMetadata } from '../../lambdas/core/identity/openid-metadata.ts';
import { offeredGrants } from '../../lambdas/core/grants/grant-offers.ts';
import { issuer, servers } from './fixtures.ts';

const endpoints = {
  authorization: `${issuer}/authorize`,
  token: `${issuer}/token`,
  jwks: `${issuer}/jwks`,
  userinfo: `${issuer}/userinfo`,
  revocation: `${issuer}/revoke`,
  introspection: `${issuer}/introspect`,
  pushedAuthorizationRequest: `${issuer}/par`,
  deviceAuthorization: `${issuer}/device_authorization`,
};
const assertionAlgorithms = expect.arrayContaining(['ES256', 'RS256']) as unknown;
const proving = ['client_secret_basic', 'client_secret_post', 'private_key_jwt'];

test('AS-03 AS-04 AS-06 the metadata name what works, and nothing that does not', () => {
  const registration = `${issuer}/register`;
  expect(authorizationServerMetadata({ issuer, endpoints: { ...endpoints, registration }, servers })).toEqual({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    registration_endpoint: registration,
    scopes_supported: [
      'todos:read',
      'todos:write',
      'mail:read',
      'mail:send',
      'openid',
      'profile',
      'email',
      'offline_access',
    ],
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: offeredGrants({ trustedIssuers: [] }).map((type) => type.grantType),
    device_authorization_endpoint: `${issuer}/device_authorization`,
    token_endpoint_auth_methods_supported: ['none', ...proving],
    token_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
    revocation_endpoint: `${issuer}/revoke`,
    revocation_endpoint_auth_methods_supported: ['none', ...proving],
    revocation_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
    introspection_endpoint: `${issuer}/introspect`,
    introspection_endpoint_auth_methods_supported: proving,
    introspection_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
    dpop_signing_alg_values_supported: ['ES256', 'EdDSA', 'Ed25519', 'PS256', 'RS256'],
    pushed_authorization_request_endpoint: `${issuer}/par`,
    require_pushed_authorization_requests: false,
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    protected_resources: [`${issuer}/mcp`, `${issuer}/mail`],
    ...openIdMetadata({ userinfo: `${issuer}/userinfo`, signingAlgorithm: 'RS256' }),
  });
});

test('X-EMA1 identity assertions are named where an issuer is trusted, and nowhere else', () => {
  const trustedIssuers = [{ issuer: 'https://idp.example' }];
  const profile = 'urn:ietf:params:oauth:grant-profile:id-jag';
  const trusting = authorizationServerMetadata({ issuer, endpoints, servers, trustedIssuers });
  expect(trusting).toMatchObject({ authorization_grant_profiles_supported: [profile] });
  expect(trusting['grant_types_supported']).toContain('urn:ietf:params:oauth:grant-type:jwt-bearer');
  const alone = authorizationServerMetadata({ issuer, endpoints, servers });
  expect(alone).not.toHaveProperty('authorization_grant_profiles_supported');
  expect(alone['grant_types_supported']).not.toContain('urn:ietf:params:oauth:grant-type:jwt-bearer');
});

test('AS-06 what metadata name is what the token endpoint answers', () => {
  expect(grantTypes.map((type) => type.grantType)).toEqual(Object.values(grantOffers).map((offer) => offer.grantType));
  expect(clientAuthentications.map((way) => way.method)).toEqual(authMethodNames);
});

test('AS-06 without dynamic registration there is no registration_endpoint', () => {
  const metadata = authorizationServerMetadata({
    issuer,
    endpoints,
    servers,
    serviceDocumentation: 'https://d.example',
  });
  expect(metadata).not.toHaveProperty('registration_endpoint');
  expect(metadata).toHaveProperty('service_documentation', 'https://d.example');
});

test('clients.md pain 9 the issuer is the very string that was given', () => {
  expect(authorizationServerMetadata({ issuer: `${issuer}/stage`, endpoints, servers }).issuer).toBe(`${issuer}/stage`);
});
