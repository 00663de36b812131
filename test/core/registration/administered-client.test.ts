import { describe, expect, test } from 'vitest';
import { digest } from '../../../lambdas/core/digest.ts';
import { OAuthError } from '../../../lambdas/core/errors.ts';
import { administeredClient } from '../../../lambdas/core/registration/administered-client.ts';
import { ec } from '../client-auth/assertions.ts';

const now = 1_800_000_000;
const portal = {
  client_id: 'portal',
  client_name: 'Portal',
  redirect_uris: ['https://portal.example/cb', 'http://127.0.0.1/callback'],
  grant_types: ['authorization_code', 'refresh_token'],
  token_endpoint_auth_method: 'client_secret_basic',
};
const machine = {
  client_id: 'job',
  client_name: 'Job',
  redirect_uris: [],
  grant_types: ['client_credentials'],
  token_endpoint_auth_method: 'client_secret_basic',
  scope: 'todos:read todos:write',
};
const read = (body: unknown, secret?: string) => administeredClient(body, { now, secret });

describe('F-A4 a client of the administrator', () => {
  test('with a secret, of which the digest is kept; it never ends', () => {
    expect(read(portal, 'secret')).toEqual({
      clientId: 'portal',
      kind: 'pre-registered',
      clientName: 'Portal',
      redirectUris: portal.redirect_uris,
      grantTypes: portal.grant_types,
      responseTypes: ['code'],
      tokenEndpointAuthMethod: 'client_secret_basic',
      secretDigest: digest('secret'),
      registeredAt: now,
    });
  });

  test('X-CC that is a machine', () => {
    expect(read(machine, 'secret')).toMatchObject({
      redirectUris: [],
      responseTypes: [],
      grantTypes: ['client_credentials'],
      machineScopes: ['todos:read', 'todos:write'],
    });
  });

  test('with keys, or public', () => {
    const jwks = { keys: [ec.publicJwk] };
    expect(read({ ...portal, token_endpoint_auth_method: 'private_key_jwt', jwks })).toMatchObject({ jwks });
    expect(read({ ...portal, token_endpoint_auth_method: 'none' })).not.toHaveProperty('secretDigest');
  });

  test.each<[string, object, string | undefined]>([
    ['client_id', { client_id: undefined }, 's'],
    ['client_id', { client_id: 'x'.repeat(101) }, 's'],
    ['redirect_uris', { redirect_uris: ['https://portal.example/cb', 'http://evil.example/cb'] }, 's'],
    ['redirect_uris', { redirect_uris: [] }, 's'],
    ['grant_types', { grant_types: ['authorization_code', 'password'] }, 's'],
    ['grant_types', { grant_types: ['refresh_token'] }, 's'],
    ['secret', {}, undefined],
    ['secret', { token_endpoint_auth_method: 'none' }, 's'],
    ['jwks', { token_endpoint_auth_method: 'private_key_jwt' }, undefined],
    ['token_endpoint_auth_method', { token_endpoint_auth_method: 'tls_client_auth' }, undefined],
  ])('nothing is left out quietly: %s %j', (name, changes, secret) => {
    expect(() => read({ ...portal, ...changes }, secret)).toThrow(OAuthError);
    expect(() => read({ ...portal, ...changes }, secret)).toThrow(name);
  });

  test.each([[null], ['text'], [[portal]]])('a body that is no object: %j', (body) => {
    expect(() => read(body)).toThrow('JSON object');
  });
});
