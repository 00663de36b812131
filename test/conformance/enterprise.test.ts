import { decodeJwt } from 'jose';
import { afterAll, describe, expect, test } from 'vitest';
import { authorityFile } from '../rig/document-server.ts';
import { startEnterpriseProvider } from '../rig/enterprise-provider.ts';
import { findSecrets } from '../rig/find-secrets.ts';
import { startGatehouse } from '../rig/gatehouse.ts';
import { callMcp } from '../rig/mcp-call.ts';
import type { JsonAnswer, Parameters } from '../rig/oauth-client.ts';
import { OAuthClient, readTokens } from '../rig/oauth-client.ts';
import { Person } from '../rig/person.ts';
import { secretIn } from '../rig/secret-in.ts';

const provider = await startEnterpriseProvider();
const gatehouse = await startGatehouse({
  app: 'test/apps/enterprise.ts',
  env: { TEST_IDP: provider.issuer, NODE_EXTRA_CA_CERTS: authorityFile },
});
afterAll(async () => {
  const secrets = findSecrets(gatehouse.output());
  await gatehouse.stop();
  await provider.stop();
  expect(secrets).toEqual([]);
});
const { baseUrl, mcpUrls, statePath } = gatehouse;
const [first = '', second = ''] = [mcpUrls['todo'], mcpUrls['second']];

function ask(clientId: string, parameters: Parameters): Promise<JsonAnswer> {
  const client_secret = secretIn(statePath, `secret of the client ${clientId}`);
  return new OAuthClient(baseUrl, clientId).token({ client_id: clientId, client_secret, ...parameters });
}

describe('X-EMA the people of an enterprise at its agent', () => {
  const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
  const claims = () => ({ sub: 'ada', aud: baseUrl, client_id: 'agent', resource: first, scope: 'todo:read' });

  test('X-EMA1 metadata say so', async () => {
    const metadata: unknown = await (await fetch(`${baseUrl}/.well-known/oauth-authorization-server`)).json();
    expect(metadata).toMatchObject({
      authorization_grant_profiles_supported: ['urn:ietf:params:oauth:grant-profile:id-jag'],
      grant_types_supported: expect.arrayContaining([grant_type]) as unknown,
    });
  });

  test('X-EMA2 X-EMA3 an assertion opens the server that it names, once', async () => {
    const assertion = await provider.sign(claims());
    const answer = await ask('agent', { grant_type, assertion });
    expect(answer.body).not.toHaveProperty('refresh_token');
    const { accessToken, scope } = readTokens(answer);
    expect(scope).toBe('todo:read');
    expect(decodeJwt(accessToken)).toMatchObject({ aud: first, sub: `${provider.issuer}|ada`, client_id: 'agent' });
    expect((await callMcp(first, accessToken)).status).toBe(200);
    expect((await callMcp(second, accessToken)).status).toBe(401);
    const again = await ask('agent', { grant_type, assertion });
    expect(again).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  test('X-EMA2 of 20 parallel uses one is answered', async () => {
    const assertion = await provider.sign(claims());
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask('agent', { grant_type, assertion })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body['error'] === 'invalid_grant')).toHaveLength(19);
  });

  test.each([
    ['made for another server', { aud: 'https://other.example' }],
    ['made for another client', { client_id: 'first-hop' }],
    ['of another issuer', { iss: 'https://evil.example' }],
    ['without a resource', { resource: undefined }],
  ])('X-EMA2 one that is %s is 400 invalid_grant', async (_, changes) => {
    const assertion = await provider.sign({ ...claims(), ...changes });
    expect(await ask('agent', { grant_type, assertion })).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
  });
});

describe('RFC 8693 a server calls on for a person', () => {
  const grant_type = 'urn:ietf:params:oauth:grant-type:token-exchange';
  const subject_token_type = 'urn:ietf:params:oauth:token-type:access_token';

  async function signedIn(): Promise<{
    readonly client: OAuthClient;
    readonly token: string;
    readonly refresh: string;
  }> {
    const client = await OAuthClient.register(baseUrl);
    const attempt = client.start();
    attempt.url.searchParams.append('resource', first);
    attempt.url.searchParams.append('resource', second);
    const landing = await new Person().authorize(attempt.url);
    const { accessToken, refreshToken } = readTokens(await client.redeem(attempt, landing, { resource: first }));
    return { client, token: accessToken, refresh: refreshToken };
  }

  test('with a narrower token at the next server, in the name of both', async () => {
    const { token } = await signedIn();
    const exchange = { grant_type, subject_token: token, subject_token_type, audience: 'second', scope: 'todo:read' };
    const answer = await ask('first-hop', exchange);
    expect(answer.body).toMatchObject({ issued_token_type: subject_token_type, scope: 'todo:read' });
    const child = readTokens(answer).accessToken;
    const parent = decodeJwt(token);
    expect(decodeJwt(child)).toMatchObject({ sub: parent.sub, aud: second, act: { sub: 'first-hop' } });
    expect(decodeJwt(child).exp).toBeLessThanOrEqual(parent.exp ?? 0);
    expect((await callMcp(second, child)).status).toBe(200);
    expect((await callMcp(first, child)).status).toBe(401);
  });

  test('not with a token that nobody issued, and not once the grant is gone', async () => {
    const { client, token, refresh } = await signedIn();
    const exchange = { grant_type, subject_token: token, subject_token_type };
    const forged = await ask('first-hop', { ...exchange, subject_token: `${token.slice(0, -4)}AAAA` });
    expect(forged).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    const body = new URLSearchParams({ token: refresh, client_id: client.clientId });
    expect((await fetch(`${baseUrl}/revoke`, { method: 'POST', body })).status).toBe(200);
    expect(await ask('first-hop', exchange)).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  test('not by a client that registered itself', async () => {
    const { client, token } = await signedIn();
    const answer = await client.token({
      grant_type,
      subject_token: token,
      subject_token_type,
      client_id: client.clientId,
    });
    expect(answer).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } });
  });
});
