import { beforeAll, describe, expect, inject, test } from 'vitest';
import { writePathValue } from '../../lambdas/contract/admin/path-value.ts';
import { AdminApi } from '../rig/admin-api.ts';
import { callMcp } from '../rig/mcp-call.ts';
import type { Tokens } from '../rig/oauth-client.ts';
import { OAuthClient, readTokens } from '../rig/oauth-client.ts';
import { Person } from '../rig/person.ts';

const { baseUrl, mcpUrls } = inject('gatehouse');
const mcpUrl = mcpUrls['todo'] ?? '';

/** Milliseconds: default of `lifetimes.grantCache`, and a little for the machine. */
const bound = 75_000;

/** Asks again until it is so, or time is up; `expect.poll` knows no tests that run side by side. */
async function until<T>(wanted: T, ask: () => Promise<T>, milliseconds: number): Promise<void> {
  const end = Date.now() + milliseconds;
  let seen = await ask();
  while (seen !== wanted && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    seen = await ask();
  }
  expect(seen).toBe(wanted);
}

interface Connected {
  readonly person: Person;
  readonly sub: string;
  readonly client: OAuthClient;
  readonly tokens: Tokens;
}

let admin: AdminApi;
beforeAll(async () => {
  admin = await AdminApi.signIn(baseUrl);
});

/** Somebody whose client has just been let through by the guard. */
async function connected(): Promise<Connected> {
  const person = new Person();
  const client = await OAuthClient.register(baseUrl, { client_name: `Revocation ${person.name}` });
  const tokens = await client.signIn({ person });
  expect((await callMcp(mcpUrl, tokens.accessToken)).status).toBe(200);
  return { person, sub: String(claimsOf(tokens.accessToken)['sub']), client, tokens };
}

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
}

/** The only row of a list, which follows within seconds. */
async function rowOf(path: string): Promise<Record<string, unknown>> {
  let rows: readonly Record<string, unknown>[] = [];
  const look = async () => {
    rows = (await admin.call('GET', path)).body['items'] as typeof rows;
    return rows.length;
  };
  await until(1, look, 15_000);
  return rows[0] ?? {};
}

const ways: readonly (readonly [string, (who: Connected) => Promise<{ readonly status: number }>])[] = [
  ['session', ({ tokens }) => admin.call('DELETE', `/sessions/${String(claimsOf(tokens.accessToken)['gid'])}`)],
  [
    'consent',
    async ({ sub }) => {
      const { consent } = await rowOf(`/consents?person=${encodeURIComponent(sub)}`);
      return admin.call('DELETE', `/consents/${writePathValue(String(consent))}`);
    },
  ],
  ['client', ({ client }) => admin.call('POST', `/clients/${writePathValue(client.clientId)}/revocation`)],
  ['person', ({ sub }) => admin.call('POST', `/people/${writePathValue(sub)}/revocation`)],
];

describe.concurrent('D9 F-D1 F-D3 F-D6 in a running Gatehouse', () => {
  test.each(ways)('an administrator ends a %s: refresh is dead at once, access within the bound', async (what, end) => {
    const who = await connected();
    const { client, tokens, person } = who;
    expect((await end(who)).status).toBeLessThan(300);
    expect((await client.refresh(tokens.refreshToken)).body['error']).toBe('invalid_grant');
    const path = `/sessions?person=${encodeURIComponent(who.sub)}`;
    expect((await admin.call('GET', path)).body['items']).toEqual([]);
    // Only a session leaves what the person allowed: otherwise the page asks anew.
    expect((await person.open(client.start().url)).left).toBe(what === 'session');
    await until(401, async () => (await callMcp(mcpUrl, tokens.accessToken)).status, bound);
  });

  test('a refresh token is used again: what its family gave is dead within the bound', async () => {
    const { client, tokens } = await connected();
    const second = readTokens(await client.refresh(tokens.refreshToken));
    const third = readTokens(await client.refresh(second.refreshToken));
    expect((await callMcp(mcpUrl, third.accessToken)).status).toBe(200);
    expect((await client.refresh(tokens.refreshToken)).body['error']).toBe('invalid_grant');
    await until(401, async () => (await callMcp(mcpUrl, third.accessToken)).status, bound);
  });

  test('nothing ends of somebody else, who goes on', async () => {
    const { client, tokens } = await connected();
    expect((await client.refresh(tokens.refreshToken)).status).toBe(200);
    expect((await callMcp(mcpUrl, tokens.accessToken)).status).toBe(200);
  });
});

test('F-D6 whoever signs in after everything ended begins anew', async () => {
  const who = await connected();
  await admin.call('POST', `/people/${writePathValue(who.sub)}/revocation`);
  // The second of the mark is dead as well.
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const again = await who.client.signIn({ person: who.person });
  expect((await callMcp(mcpUrl, again.accessToken)).status).toBe(200);
  expect((await who.client.refresh(again.refreshToken)).status).toBe(200);
});
