import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { AwsCalls } from '../rig/aws-calls.ts';
import { awsCallsOf } from '../rig/aws-calls.ts';
import { startGatehouse } from '../rig/gatehouse.ts';
import { callMcp } from '../rig/mcp-call.ts';
import { OAuthClient } from '../rig/oauth-client.ts';
import { Person } from '../rig/person.ts';

// A runner of its own: counts of the shared one hold what other tests do. All requests come one after the other, so
// that each function has one instance, which the first round warms.
const gatehouse = await startGatehouse({ app: inject('gatehouse').assemblyPath });
afterAll(() => gatehouse.stop());
const { baseUrl, statePath } = gatehouse;
const mcpUrl = gatehouse.mcpUrls['todo'] ?? '';
const calls = (act: () => Promise<unknown>): Promise<Record<string, AwsCalls>> => awsCallsOf(statePath, act);

const person = new Person();
let client: OAuthClient;

beforeAll(async () => {
  client = await OAuthClient.register(baseUrl);
  const { accessToken, refreshToken } = await client.signIn({ person });
  await client.refresh(refreshToken);
  await callMcp(mcpUrl, accessToken);
  await fetch(`${baseUrl}/.well-known/jwks.json`);
});

const none = { reads: 0, writes: 0, signatures: 0, others: {} };

describe('what a request on a warm instance asks of AWS', () => {
  test('authorize, signed in and allowed before: at most 4 reads and 1 write', async () => {
    const attempt = client.start();
    const asked = await calls(async () => expect(await person.open(attempt.url)).toMatchObject({ left: true }));
    expect(Object.keys(asked)).toEqual(['Interaction']);
    expect(asked['Interaction']).toMatchObject({ writes: 1, signatures: 0, others: {} });
    expect(asked['Interaction']?.reads).toBeLessThanOrEqual(4);
  });

  test('code exchange: 1 conditional write and 1 signature', async () => {
    const attempt = client.start();
    const landing = await person.authorize(attempt.url);
    const asked = await calls(async () => expect((await client.redeem(attempt, landing)).status).toBe(200));
    expect(asked).toEqual({ Token: { ...none, writes: 1, signatures: 1 } });
  });

  test('refresh: 1 conditional write, 1 read of what was revoked and 1 signature', async () => {
    const { refreshToken } = await client.signIn({ person });
    const asked = await calls(async () => expect((await client.refresh(refreshToken)).status).toBe(200));
    expect(asked).toEqual({ Token: { ...none, reads: 1, writes: 1, signatures: 1 } });
  });

  test('F-A8 openid: one signature more for the ID token, and one read at the userinfo endpoint', async () => {
    const attempt = client.start({ scope: 'openid' });
    const landing = await person.authorize(attempt.url);
    let token = '';
    const redeem = async () => (token = String((await client.redeem(attempt, landing)).body['access_token']));
    // An ID token opens no door that asks for marks, so they are read before it is signed (docs/decisions/0021).
    expect(await calls(redeem)).toEqual({ Token: { ...none, reads: 1, writes: 1, signatures: 2 } });
    const headers = { authorization: `Bearer ${token}` };
    const ask = async () => expect((await fetch(`${baseUrl}/userinfo`, { headers })).status).toBe(200);
    expect(await calls(ask)).toEqual({ Token: { ...none, reads: 1 } });
  });

  test('a forged code and a forged refresh token: nothing', async () => {
    const { refreshToken } = await client.signIn({ person });
    const forged = refreshToken.replace(/.{6}$/, (end) => (end === 'AAAAAA' ? 'BBBBBB' : 'AAAAAA'));
    const asked = await calls(async () => {
      expect((await client.refresh(forged)).body['error']).toBe('invalid_grant');
      const parameters = { code: forged.replace(/^gr_/, 'gc_'), redirect_uri: client.redirectUri, code_verifier: 'x' };
      const answer = await client.token({
        grant_type: 'authorization_code',
        client_id: client.clientId,
        ...parameters,
      });
      expect(answer.body['error']).toBe('invalid_grant');
    });
    expect(asked).toEqual({});
  });

  test('the guard: 1 read for a grant that it has not met, then none; the MCP server none', async () => {
    const { accessToken } = await client.signIn({ person });
    const hello = {
      method: 'initialize',
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'count', version: '1' } },
    };
    const call = async () => expect((await callMcp(mcpUrl, accessToken, hello)).status).toBe(200);
    expect(await calls(call)).toEqual({ Guard: { ...none, reads: 1 } });
    expect(await calls(call)).toEqual({});
  });

  test('the guard refuses no token and a forged one without asking', async () => {
    const { accessToken } = await client.signIn({ person });
    const asked = await calls(async () => {
      for (const token of [undefined, 'forged', `${accessToken.slice(0, -6)}AAAAAA`]) {
        expect((await callMcp(mcpUrl, token)).status).toBe(401);
      }
    });
    expect(asked).toEqual({});
  });

  test('discovery and keys: nothing', async () => {
    const paths = ['oauth-authorization-server', 'openid-configuration', 'oauth-protected-resource/mcp', 'jwks.json'];
    const asked = await calls(async () => {
      for (const path of paths) expect((await fetch(`${baseUrl}/.well-known/${path}`)).status).toBe(200);
    });
    expect(asked).toEqual({});
  });

  test('registration: 1 write, and the same when it is repeated', async () => {
    const register = () => OAuthClient.register(baseUrl, { client_name: 'Counted' });
    expect(await calls(register)).toEqual({ Registration: { ...none, writes: 1 } });
    expect(await calls(register)).toEqual({ Registration: { ...none, writes: 1 } });
  });
});
