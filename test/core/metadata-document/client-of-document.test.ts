import { describe, expect, test } from 'vitest';
import { trustRedirect } from '../../../lambdas/core/authorize/redirect-uri.ts';
import { clientOfDocument } from '../../../lambdas/core/metadata-document/client-of-document.ts';
import { refusal } from '../fixtures.ts';
import { chatGpt, claudeCode, copilotCli } from './known-documents.ts';

const id = claudeCode.client_id;
const key = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: 'k' };

function read(changes: Record<string, unknown> = {}) {
  return clientOfDocument(id, { ...claudeCode, ...changes });
}

/** The client with which a redirect is judged. */
function clientOf(document: { client_id: string }) {
  return { ...clientOfDocument(document.client_id, document), registeredAt: 0 };
}

describe('AS-22 what a document must say', () => {
  test('a good one becomes a client', () => {
    expect(read()).toEqual({
      clientId: id,
      kind: 'metadata-document',
      clientName: 'Claude Code',
      clientUri: 'https://claude.ai',
      redirectUris: claudeCode.redirect_uris,
      tokenEndpointAuthMethod: 'none',
      grantTypes: ['authorization_code', 'refresh_token'],
      responseTypes: ['code'],
    });
  });

  test.each([undefined, null, '', 7, [id], `${id}/`, `${id}#`, `${id}?`, id.toUpperCase(), id.slice(0, -1)])(
    'client_id %j is not its URL, character for character',
    async (clientId) => {
      const error = await refusal(() => read({ client_id: clientId }));
      expect(error).toMatchObject({ code: 'invalid_client', reason: 'metadata_invalid' });
      expect(error.message).toContain('client_id differs');
    },
  );

  test.each([undefined, null, '', ' ', '\u200b', 7])('client_name %j is none', async (name) => {
    expect((await refusal(() => read({ client_name: name }))).message).toContain('client_name');
  });

  test.each([undefined, null, [], 'http://localhost/callback', [7], ['javascript:alert(1)'], ['http://a.example/']])(
    'redirect_uris %j are none',
    async (uris) => {
      expect((await refusal(() => read({ redirect_uris: uris }))).message).toContain('redirect_uris');
    },
  );

  test('a document for devices needs its redirect URIs as well', async () => {
    const grant_types = ['urn:ietf:params:oauth:grant-type:device_code'];
    const error = await refusal(() => read({ grant_types, redirect_uris: undefined }));
    expect(error).toMatchObject({ reason: 'metadata_invalid' });
  });

  test('AS-23 a private key is refused even where no key is used', async () => {
    const error = await refusal(() => read({ jwks: { keys: [{ ...key, d: 'private' }] } }));
    expect(error.message).toContain('not public');
  });

  test('unknown members do not matter, whatever they are', () => {
    expect(read({ foo: { bar: 1 }, ['__proto__']: { kind: 'dynamic' }, kind: 'pre-registered' })).toEqual(read());
  });
});

describe('AS-23 nothing in a public document is secret', () => {
  test.each(['client_secret', 'client_secret_expires_at'])('%s is refused, even if it is 0 or empty', async (name) => {
    for (const value of ['s', '', 0, false]) {
      expect((await refusal(() => read({ [name]: value }))).message).toContain(name);
    }
    expect(read({ [name]: null })).toEqual(read());
  });

  test.each(['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'client_secret_anything'])(
    '%s is refused, alone or among others',
    async (method) => {
      const alone = await refusal(() => read({ token_endpoint_auth_method: method }));
      expect(alone).toMatchObject({ code: 'invalid_client' });
      expect(alone.message).toContain(method);
      const among = await refusal(() => read({ token_endpoint_auth_methods_supported: ['none', method] }));
      expect(among.message).toContain('token_endpoint_auth_methods_supported');
    },
  );

  test.each([
    { ...key, d: 'private' },
    { kty: 'oct', k: 'shared' },
    { kty: 'RSA', n: 'n', e: 'e', p: 'p' },
  ])('a key set with a key that is not public: %j', async (secret) => {
    const error = await refusal(() => read({ jwks: { keys: [key, secret] } }));
    expect(error.message).toContain('not public');
    expect(error.message).not.toContain('private');
  });
});

describe('AS-29 how the client authenticates', () => {
  const jwks = { keys: [key] };

  test('a document that does not say means a public client', () => {
    const { token_endpoint_auth_method: _, ...silent } = claudeCode;
    expect(clientOfDocument(id, silent).tokenEndpointAuthMethod).toBe('none');
  });

  test('private_key_jwt with keys inside or at a URL makes it confidential', () => {
    const inside = read({ token_endpoint_auth_method: 'private_key_jwt', jwks });
    expect(inside).toMatchObject({ tokenEndpointAuthMethod: 'private_key_jwt', jwks });
    expect(inside).not.toHaveProperty('tokenEndpointAuthMethods');
    const outside = read({ token_endpoint_auth_method: 'private_key_jwt', jwks_uri: 'https://keys.example/a' });
    expect(outside).toMatchObject({ jwksUri: 'https://keys.example/a' });
  });

  test.each([
    [{}, 'needs jwks or jwks_uri'],
    [{ jwks: { keys: [] } }, 'needs jwks or jwks_uri'],
    [{ jwks, token_endpoint_auth_signing_alg: 'HS256' }, 'token_endpoint_auth_signing_alg'],
    [{ jwks, token_endpoint_auth_signing_alg: 'none' }, 'token_endpoint_auth_signing_alg'],
    [{ jwks, jwks_uri: 'https://keys.example/a' }, 'both'],
    [{ jwks: [key] }, 'jwks'],
    [{ jwks: { keys: 'none' } }, 'jwks'],
    [{ jwks: { keys: [null] } }, 'jwks'],
    [{ jwks: { keys: Array.from({ length: 21 }, () => key) } }, 'more than 20'],
    [{ jwks_uri: 'http://keys.example/a' }, 'jwks_uri'],
    [{ jwks_uri: 'https://user@keys.example/a' }, 'jwks_uri'],
    [{ jwks_uri: 'https://keys.example/a#b' }, 'jwks_uri'],
    [{ jwks_uri: 'https://' }, 'jwks_uri'],
    [{ jwks_uri: 7 }, 'jwks_uri'],
  ])('private_key_jwt with %j is refused', async (keys, problem) => {
    const error = await refusal(() => read({ token_endpoint_auth_method: 'private_key_jwt', ...keys }));
    expect(error.message).toContain(problem);
  });

  test('pain 17: ChatGPT offers two methods and prefers one', () => {
    expect(clientOf(chatGpt)).toMatchObject({
      tokenEndpointAuthMethod: 'private_key_jwt',
      tokenEndpointAuthMethods: ['private_key_jwt', 'none'],
      jwksUri: chatGpt.jwks_uri,
      assertionAlgorithm: 'RS256',
    });
  });

  test('pain 17: a method that is not known here is passed over while another is left', async () => {
    const choice = { token_endpoint_auth_method: 'tls_client_auth', token_endpoint_auth_methods_supported: ['none'] };
    expect(read(choice)).toMatchObject({ tokenEndpointAuthMethod: 'none' });
    const error = await refusal(() => read({ token_endpoint_auth_method: 'tls_client_auth' }));
    expect(error.message).toContain('must be one of');
  });
});

describe('pain 5: loopback redirects of published documents', () => {
  test.each([
    [claudeCode, 'http://localhost:49152/callback'],
    [claudeCode, 'http://127.0.0.1:1/callback'],
    [copilotCli, 'http://127.0.0.1:50123/'],
    [copilotCli, 'http://127.0.0.1/'],
  ])('$client_name may come back at another port: %s', (document, uri) => {
    expect(trustRedirect(clientOf(document), uri).uri).toBe(uri);
  });

  test.each([
    [claudeCode, 'http://localhost:49152/other'],
    [claudeCode, 'https://localhost/callback'],
    [claudeCode, 'http://localhost.evil.example/callback'],
    [copilotCli, 'http://localhost:33418/'],
  ])('$client_name may not come back at %s', async (document, uri) => {
    expect(await refusal(() => trustRedirect(clientOf(document), uri))).toMatchObject({
      reason: 'redirect_uri_mismatch',
    });
  });
});
