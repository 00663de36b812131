import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, inject, test } from 'vitest';
import { callMcp } from '../rig/mcp-call.ts';
import type { Attempt, Parameters } from '../rig/oauth-client.ts';
import { OAuthClient, postJson, readTokens } from '../rig/oauth-client.ts';
import { Person } from '../rig/person.ts';

const { baseUrl, mcpUrls } = inject('gatehouse');
const mcpUrl = mcpUrls['todo'] ?? '';

interface Coded {
  readonly client: OAuthClient;
  readonly attempt: Attempt;
  readonly landing: URL;
}

async function code(parameters: Parameters = {}): Promise<Coded> {
  const client = await OAuthClient.register(baseUrl);
  const attempt = client.start(parameters);
  return { client, attempt, landing: await new Person().authorize(attempt.url) };
}

test('AS-61 AS-66 AS-69 a token response, and the token in it, say what they must', async () => {
  const { client, attempt, landing } = await code({ scope: 'todo:read todo:write', resource: mcpUrl });
  const answer = await client.redeem(attempt, landing, { resource: mcpUrl });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toContain('no-store');
  expect(answer.body).toMatchObject({ token_type: 'Bearer', scope: 'todo:read todo:write' });
  expect(typeof answer.body['expires_in']).toBe('number');
  const token = readTokens(answer).accessToken;
  expect(decodeProtectedHeader(token)).toMatchObject({ typ: 'at+jwt', kid: expect.any(String) as unknown });
  const claims = decodeJwt(token);
  expect(claims).toMatchObject({
    iss: baseUrl,
    aud: mcpUrl,
    client_id: client.clientId,
    scope: 'todo:read todo:write',
  });
  for (const claim of ['sub', 'exp', 'iat', 'jti', 'gid']) expect(claims, claim).toHaveProperty(claim);
  expect(Buffer.byteLength(token)).toBeLessThan(2048);
});

describe('redeeming a code', () => {
  const refusals: readonly (readonly [string, Parameters, string])[] = [
    ['AS-64 with another redirect URI', { redirect_uri: 'http://127.0.0.1:9/other' }, 'invalid_grant'],
    ['AS-66 with another resource', { resource: 'https://other.example/mcp' }, 'invalid_target'],
    ['AS-64 without a verifier', { code_verifier: undefined }, 'invalid_'],
  ];
  test.each(refusals)('is refused %s', async (_, parameters, error) => {
    const { client, attempt, landing } = await code();
    const answer = await client.redeem(attempt, landing, parameters);
    expect(answer.status).toBe(400);
    expect(answer.body['error']).toMatch(new RegExp(`^${error}`));
    expect(answer.body).not.toHaveProperty('access_token');
  });

  test('pain 7: a resource that is wrong does not cost the code', async () => {
    const { client, attempt, landing } = await code();
    expect((await client.redeem(attempt, landing, { resource: 'https://other.example/mcp' })).status).toBe(400);
    expect((await client.redeem(attempt, landing)).status).toBe(200);
  });

  test('AS-65 the redirect URI may be left out', async () => {
    const { client, attempt, landing } = await code();
    expect((await client.redeem(attempt, landing, { redirect_uri: undefined })).status).toBe(200);
  });

  test.each([
    ['a slash at the end', `${mcpUrl}/`],
    ['the origin alone', baseUrl],
    ['another case of scheme and host', mcpUrl.replace('http://localhost', 'HTTP://LOCALHOST')],
  ])('pain 7: a resource with %s means this server', async (_, resource) => {
    const { client, attempt, landing } = await code({ resource });
    const { accessToken } = readTokens(await client.redeem(attempt, landing, { resource }));
    expect(decodeJwt(accessToken).aud).toBe(mcpUrl);
  });

  test('AS-63 a second use ends what the first one gave', async () => {
    const { client, attempt, landing } = await code();
    const tokens = readTokens(await client.redeem(attempt, landing));
    expect((await client.redeem(attempt, landing)).body['error']).toBe('invalid_grant');
    expect((await client.refresh(tokens.refreshToken)).body['error']).toBe('invalid_grant');
    expect((await callMcp(mcpUrl, tokens.accessToken)).status).toBe(401);
  });
});

describe('AS-68 refreshing', () => {
  test('without scope keeps the granted scope', async () => {
    const client = await OAuthClient.register(baseUrl);
    const tokens = await client.signIn({ parameters: { scope: 'todo:read todo:write' } });
    expect(readTokens(await client.refresh(tokens.refreshToken)).scope).toBe('todo:read todo:write');
  });

  test('with a narrower scope narrows the access token only', async () => {
    const client = await OAuthClient.register(baseUrl);
    const tokens = await client.signIn({ parameters: { scope: 'todo:read todo:write' } });
    const narrow = readTokens(await client.refresh(tokens.refreshToken, { scope: 'todo:read' }));
    expect(decodeJwt(narrow.accessToken)['scope']).toBe('todo:read');
    const wide = readTokens(await client.refresh(narrow.refreshToken));
    expect(decodeJwt(wide.accessToken)['scope']).toBe('todo:read todo:write');
  });

  test('never widens', async () => {
    const client = await OAuthClient.register(baseUrl);
    const tokens = await client.signIn({ parameters: { scope: 'todo:read' } });
    const answer = await client.refresh(tokens.refreshToken, { scope: 'todo:read todo:write' });
    const granted = answer.status === 200 ? String(decodeJwt(readTokens(answer).accessToken)['scope']) : '';
    expect(granted).not.toContain('todo:write');
  });

  test.each(['x', 'gr_x', `gr_${'A'.repeat(22)}.${'A'.repeat(22)}.1.${'A'.repeat(43)}`])(
    'with a token that nobody issued is invalid_grant: %s',
    async (token) => {
      const client = await OAuthClient.register(baseUrl);
      expect(await client.refresh(token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    },
  );

  test('AS-67 with a number that was changed is refused, and harms nobody', async () => {
    const client = await OAuthClient.register(baseUrl);
    const { refreshToken } = await client.signIn();
    const [gid, salt, n, mac] = refreshToken.split('.');
    const forged = [gid, salt, Number(n) + 1, mac].join('.');
    expect((await client.refresh(forged)).body['error']).toBe('invalid_grant');
    expect((await client.refresh(refreshToken)).status).toBe(200);
  });
});

describe('AS-70 client authentication', () => {
  async function confidential(method: string): Promise<{ client: OAuthClient; secret: string }> {
    const redirect_uris = ['http://127.0.0.1:9/callback'];
    const metadata = { client_name: `Confidential ${method}`, redirect_uris, token_endpoint_auth_method: method };
    const { body } = await postJson(`${baseUrl}/register`, metadata);
    return { client: new OAuthClient(baseUrl, String(body['client_id'])), secret: String(body['client_secret']) };
  }

  const basic = (id: string, secret: string) =>
    `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`;

  async function post(parameters: Record<string, string>, authorization?: string): Promise<Response> {
    const headers = authorization === undefined ? {} : { authorization };
    return await fetch(`${baseUrl}/token`, { method: 'POST', headers, body: new URLSearchParams(parameters) });
  }

  test('two methods in one request are invalid_request', async () => {
    const { client, secret } = await confidential('client_secret_basic');
    const both = { grant_type: 'refresh_token', refresh_token: 'x', client_id: client.clientId, client_secret: secret };
    const answer = await post(both, basic(client.clientId, secret));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: 'invalid_request' });
  });

  test('a confidential client that sends no secret is invalid_client, and its code stays', async () => {
    const { client, secret } = await confidential('client_secret_post');
    const attempt = client.start();
    const landing = await new Person().authorize(attempt.url);
    const bare = await client.redeem(attempt, landing);
    expect(bare).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect((await client.redeem(attempt, landing, { client_secret: secret })).status).toBe(200);
  });

  test('pain 16: basic and post are both taken from a client that registered either', async () => {
    const { client, secret } = await confidential('client_secret_post');
    const attempt = client.start();
    const landing = await new Person().authorize(attempt.url);
    const { refreshToken } = readTokens(await client.redeem(attempt, landing, { client_secret: secret }));
    const parameters = { grant_type: 'refresh_token', refresh_token: refreshToken };
    expect((await post(parameters, basic(client.clientId, secret))).status).toBe(200);
  });

  test.each(['Basic', 'Basic !!!', 'Basic Og==', `Basic ${Buffer.from('no-colon').toString('base64')}`, 'Bearer x'])(
    'a broken header is refused with a 4xx: %s',
    async (authorization) => {
      const answer = await post({ grant_type: 'refresh_token', refresh_token: 'x' }, authorization);
      expect([400, 401]).toContain(answer.status);
      expect(await answer.json()).toMatchObject({ error: expect.stringMatching(/^invalid_/) as unknown });
    },
  );

  test('pain 22: the secret of one registration is not that of the next', async () => {
    const [one, two] = [await confidential('client_secret_post'), await confidential('client_secret_post')];
    expect(one.secret).not.toBe(two.secret);
    expect(one.client.clientId).not.toBe(two.client.clientId);
  });
});
