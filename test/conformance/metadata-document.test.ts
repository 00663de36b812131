import { randomBytes } from 'node:crypto';
import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { authorityFile, startDocumentServer } from '../rig/document-server.ts';
import { startGatehouse } from '../rig/gatehouse.ts';
import { MemoryProvider } from '../rig/memory-provider.ts';
import { OAuthClient, readJson, readTokens } from '../rig/oauth-client.ts';
import { Person } from '../rig/person.ts';

const documents = await startDocumentServer();
const gatehouse = await startGatehouse({
  app: inject('gatehouse').assemblyPath,
  env: { NODE_EXTRA_CA_CERTS: authorityFile },
});
const issuer = gatehouse.baseUrl;
const url = new URL(gatehouse.mcpUrls['todo'] ?? '');

afterAll(async () => {
  await gatehouse.stop();
  await documents.stop();
});

/** A published document of its own for each test. */
function publish(changes: Readonly<Record<string, unknown>> = {}, headers = {}): string {
  const path = `/${randomBytes(4).toString('hex')}/client.json`;
  const document = {
    client_id: documents.url(path),
    client_name: 'Published client',
    redirect_uris: ['http://localhost/callback', 'http://127.0.0.1/callback'],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    ...changes,
  };
  documents.publish(path, document, headers);
  return documents.url(path);
}

/** How often a document was fetched. */
function fetches(id: string): number {
  return documents.requests.filter((request) => request.url === new URL(id).pathname).length;
}

class PublishedProvider extends MemoryProvider {
  readonly clientMetadataUrl = publish();
}

describe('AS-05 AS-20 clients that are known by the URL of their metadata', () => {
  test.each(['legacy', 'auto'] as const)(
    'SDK v2 (%s) goes from a bare URL to a tool, without registration',
    async (mode) => {
      const provider = new PublishedProvider();
      const newClient = () => new Client({ name: 'published', version: '1.0.0' }, { versionNegotiation: { mode } });
      const transport = new StreamableHTTPClientTransport(url, { authProvider: provider });
      await expect(newClient().connect(transport)).rejects.toThrow(UnauthorizedError);
      expect(provider.authorizationUrl?.searchParams.get('client_id')).toBe(provider.clientMetadataUrl);
      await transport.finishAuth(provider.landing?.searchParams ?? new URLSearchParams());
      const client = newClient();
      await client.connect(new StreamableHTTPClientTransport(url, { authProvider: provider }));
      expect((await client.listTools()).tools.length).toBeGreaterThan(0);
      await client.close();
      expect(fetches(provider.clientMetadataUrl)).toBe(1);
    },
  );

  test('pain 5: a portless document serves every port, and a refresh needs no fetch', async () => {
    const client = new OAuthClient(issuer, publish(), 'http://localhost:50123/callback');
    const { refreshToken } = await client.signIn();
    expect((await client.refresh(refreshToken)).status).toBe(200);
    expect(fetches(client.clientId)).toBe(1);
  });

  test('AS-28 the consent page names the host', async () => {
    const client = new OAuthClient(issuer, publish());
    const { body } = await new Person().arrive(client.start().url);
    expect(body).toContain(`published by <strong><bdi>localhost:${documents.port}</bdi>`);
  });

  test('pain 18: the last good copy serves while the host fails', async () => {
    const id = publish({}, { 'cache-control': 'no-store' });
    const client = new OAuthClient(issuer, id);
    const { refreshToken } = await client.signIn();
    documents.publish(new URL(id).pathname, (_, response) => response.writeHead(503).end());
    expect((await client.refresh(refreshToken)).status).toBe(200);
    await client.signIn();
  });
});

describe('AS-27 what leads to no client', () => {
  const html = { 'content-type': 'text/html' };
  const dead: [string, () => string, number][] = [
    ['a document that is not there', () => documents.url('/nothing'), 400],
    ['a document of somebody else', () => publish({ client_id: documents.url('/other') }), 400],
    ['AS-23 a document with a secret', () => publish({ client_secret: 's' }), 400],
    ['AS-23 a method with a shared secret', () => publish({ token_endpoint_auth_method: 'client_secret_post' }), 400],
    ['AS-25 a document of 6 KB', () => publish({ x: 'a'.repeat(6000) }), 400],
    ['AS-22 a page', () => publish({}, html), 400],
    ['AS-24 a private address', () => 'https://10.0.0.1/client', 400],
    ['AS-24 the metadata service of a cloud', () => 'https://169.254.169.254/latest/meta-data', 400],
    ['AS-24 a mapped private address', () => 'https://[::ffff:10.0.0.1]/client', 400],
    ['AS-24 a private address in decimal', () => 'https://167772161/client', 400],
    ['AS-21 a URL with dots', () => `${documents.url('/a')}/../client`, 400],
    ['AS-21 a URL without a path', () => documents.url(''), 400],
    ['AS-21 a URL without TLS', () => documents.url('/client').replace('https', 'http'), 400],
    ['a host that does not answer', () => documents.url('/client', '127.0.0.2'), 503],
  ];

  test.each(dead)('%s: a page, never a redirect, and invalid_client at the token endpoint', async (_, idOf, status) => {
    const client = new OAuthClient(issuer, idOf());
    const answer = await fetch(client.start().url, { redirect: 'manual' });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('location')).toBeNull();
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    const refused = await client.token({ grant_type: 'refresh_token', refresh_token: 'x', client_id: client.clientId });
    expect(refused).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  test('AS-22 a redirect is not followed', async () => {
    const id = documents.url('/moved');
    documents.publish('/moved', (_, response) =>
      response.writeHead(302, { location: publish({ client_id: id }) }).end(),
    );
    const answer = await fetch(new OAuthClient(issuer, id).start().url, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  });

  test('AS-22 a redirect URI that is not in the document', async () => {
    const client = new OAuthClient(issuer, publish(), 'https://evil.example/callback');
    const answer = await fetch(client.start().url, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  });
});

describe('AS-29 pain 17: clients with keys', async () => {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', use: 'sig' };
  const stranger = await generateKeyPair('RS256');

  function withKeys(changes: Readonly<Record<string, unknown>>): OAuthClient {
    return new OAuthClient(issuer, publish({ token_endpoint_auth_method: 'private_key_jwt', ...changes }));
  }

  async function proof(clientId: string, key = privateKey) {
    const jwt = new SignJWT({ jti: randomBytes(9).toString('hex') }).setProtectedHeader({ alg: 'RS256', kid: 'k1' });
    jwt.setIssuer(clientId).setSubject(clientId).setAudience(issuer).setIssuedAt().setExpirationTime('1m');
    return {
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await jwt.sign(key),
    };
  }

  async function landed(client: OAuthClient) {
    const attempt = client.start();
    return { attempt, landing: await new Person().authorize(attempt.url) };
  }

  test.each(['jwks', 'jwks_uri'])('it redeems with an assertion by a key of its %s, and not without', async (place) => {
    const path = `/${randomBytes(4).toString('hex')}/keys.json`;
    documents.publish(path, { keys: [jwk] });
    const client = withKeys(place === 'jwks' ? { jwks: { keys: [jwk] } } : { jwks_uri: documents.url(path) });
    const { attempt, landing } = await landed(client);
    const naked = await client.redeem(attempt, landing);
    expect(naked).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    const forged = await client.redeem(attempt, landing, await proof(client.clientId, stranger.privateKey));
    expect(forged).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    const { refreshToken } = readTokens(await client.redeem(attempt, landing, await proof(client.clientId)));
    expect((await client.refresh(refreshToken)).status).toBe(401);
    expect((await client.refresh(refreshToken, await proof(client.clientId))).status).toBe(200);
  });

  test('a choice of methods takes either, but a bad assertion is never taken for none', async () => {
    const client = withKeys({
      token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'],
      jwks: { keys: [jwk] },
    });
    const { attempt, landing } = await landed(client);
    const forged = await client.redeem(attempt, landing, await proof(client.clientId, stranger.privateKey));
    expect(forged).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    const { refreshToken } = readTokens(await client.redeem(attempt, landing));
    expect((await client.refresh(refreshToken, await proof(client.clientId))).status).toBe(200);
  });

  test('AS-24 a key set on a host inside is not fetched', async () => {
    const client = withKeys({ jwks_uri: 'https://10.0.0.1/keys' });
    const { attempt, landing } = await landed(client);
    const answer = await client.redeem(attempt, landing, await proof(client.clientId));
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });
});

test('AS-05 the metadata say so', async () => {
  const { body } = await readJson(await fetch(`${issuer}/.well-known/oauth-authorization-server`));
  expect(body).toMatchObject({ client_id_metadata_document_supported: true });
  expect(body['token_endpoint_auth_methods_supported']).toEqual(expect.arrayContaining(['none', 'private_key_jwt']));
});
