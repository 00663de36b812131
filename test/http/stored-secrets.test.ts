import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callEngine } from '../../local/aws/dynamodb/engine-call.ts';
import { tables } from '../../lambdas/contract/tables.ts';
import { form, goodRequest, issuer, publicClient, verifier } from '../core/fixtures.ts';
import { findSecrets } from '../rig/find-secrets.ts';
import type { Desk } from './desk.ts';
import { startDesk } from './desk.ts';
import { InProcessBrowser, locationOf } from './in-process-browser.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const formType = { 'content-type': 'application/x-www-form-urlencoded' };

async function ask(path: string, values: Record<string, string>): Promise<Record<string, string>> {
  const init = { method: 'POST', headers: formType, body: form(values).toString() };
  return (await (await desk.token.request(`${issuer}${path}`, init)).json()) as Record<string, string>;
}

/** Everything in all tables, as the engine has it. */
async function dump(): Promise<string> {
  const items = Object.keys(tables).map((TableName) => callEngine(desk.endpoint, 'Scan', { TableName }));
  return JSON.stringify(await Promise.all(items));
}

/** Everything that opens something, gathered on the way of a person and of two clients. */
async function secretsOfAWay(): Promise<Record<string, string>> {
  const browser = new InProcessBrowser(desk.interaction);
  const { page } = await browser.arrive(goodRequest());
  const answer = await browser.post('/consent', await InProcessBrowser.answer(page, 'allow'));
  const code = locationOf(answer).searchParams.get('code') ?? '';
  const known = { client_id: publicClient.clientId };
  const request = { ...known, grant_type: 'authorization_code', code, code_verifier: verifier };
  const first = await ask('/token', request);
  const next = await ask('/token', {
    ...known,
    grant_type: 'refresh_token',
    refresh_token: first['refresh_token'] ?? '',
  });
  const cookies = browser.cookies.header(new URL(issuer)) ?? '';
  const pushed = await ask('/par', Object.fromEntries(goodRequest()));
  const metadata = {
    client_name: 'S',
    redirect_uris: ['https://s.example/cb'],
    token_endpoint_auth_method: 'client_secret_post',
  };
  const registered = await desk.registration.request(`${issuer}/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(metadata),
  });
  const client = (await registered.json()) as Record<string, string>;
  const named = Object.fromEntries(
    cookies.split('; ').map((pair) => [`cookie ${pair.split('=')[0]}`, pair.split('=')[1] ?? '']),
  );
  return {
    ...named,
    code,
    'salt of the code': code.split('.')[1] ?? '',
    'first refresh token': first['refresh_token'] ?? '',
    'second refresh token': next['refresh_token'] ?? '',
    'access token': next['access_token'] ?? '',
    'pushed request': pushed['request_uri']?.split(':').at(-1) ?? '',
    'client secret': client['client_secret'] ?? '',
    'registration access token': client['registration_access_token'] ?? '',
    pepper: Buffer.alloc(32, 7).toString('base64'),
  };
}

describe('D5 AS-73 whoever reads every table', () => {
  test('finds nothing that opens anything', async () => {
    const secrets = await secretsOfAWay();
    const stored = await dump();
    // The tables are really those of this way.
    expect(stored).toContain(publicClient.clientId);
    expect(stored).toContain('saltDigest');
    expect(Object.entries(secrets).filter(([, value]) => value.length < 16)).toEqual([]);
    expect(Object.keys(secrets)).toEqual(
      expect.arrayContaining(['cookie __Host-gatehouse-browser', 'cookie __Host-gatehouse-session']),
    );
    for (const [name, value] of Object.entries(secrets)) expect(stored.includes(value), name).toBe(false);
    expect(findSecrets(stored)).toEqual([]);
  });
});
