import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callEngine } from '../../local/aws/dynamodb/engine-call.ts';
import { tables } from '../../lambdas/contract/tables.ts';
import type { auditLog } from '../core/fixtures.ts';
import { form, goodRequest, issuer, publicClient, verifier } from '../core/fixtures.ts';
import { findSecrets } from '../rig/find-secrets.ts';
import { administrator, call, tokensOf } from './admin-scene.ts';
import type { Desk } from './desk.ts';
import { startDesk } from './desk.ts';
import { InProcessBrowser, locationOf } from './in-process-browser.ts';
import { sendForm, signedInBrowser } from './own-pages.ts';

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

/** The same of an administrator's way, by program and by page, and of somebody's own page. */
async function secretsOfAdministration(): Promise<Record<string, string>> {
  const { access_token: token } = await tokensOf(desk, administrator());
  const repeatable = { 'idempotency-key': 'stored-secrets-of-one-request' };
  const make = async (path: string, input: object, headers = {}): Promise<Record<string, string>> => {
    const answer = await call(desk, 'POST', path, token, input, headers);
    expect(answer.status).toBe(201);
    return (await answer.json()) as Record<string, string>;
  };
  const key = { servers: ['todos'], permissions: ['read'], expires: '30d' };
  const machine = await make('/clients', { clientName: 'Stored machine', scopes: ['todos:read'] }, repeatable);
  const rotated = await make(`/clients/${machine['client']}/secret`, { overlapHours: 1 }, repeatable);
  const keys = await Promise.all([
    make('/keys', { ...key, name: 'Stored' }),
    make('/keys', { ...key, name: 'Stored, repeatable' }, repeatable),
  ]);
  const browser = await signedInBrowser(desk);
  const made = await sendForm(browser, '/account/keys/new', { ...key, name: 'Stored by page' });
  const pageKey = /gh_dev_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}/.exec(await made.text())?.[0] ?? '';
  const csrf = / name="csrf" value="([^"]+)"/.exec(await (await browser.get('/account')).text())?.[1] ?? '';
  const cookies = (browser.cookies.header(new URL(issuer)) ?? '').split('; ').map((pair) => pair.split('='));
  return {
    ...Object.fromEntries(cookies.map(([name, value = '']) => [`own page: cookie ${name}`, value])),
    'own page: csrf': csrf,
    'own page: key': pageKey,
    'first secret of a machine': machine['secret'] ?? '',
    'second secret of a machine': rotated['secret'] ?? '',
    ...Object.fromEntries(keys.map(({ secret = '' }, index) => [`API key ${index}`, secret])),
    // What scanners know by its beginning could be stored without it.
    'secret part of an API key': keys[0]?.['secret']?.split('_')[3] ?? '',
  };
}

describe('D5 AS-73 whoever reads every table', () => {
  test('finds nothing that opens anything', async () => {
    const secrets = { ...(await secretsOfAWay()), ...(await secretsOfAdministration()) };
    const stored = await dump();
    // The tables are really those of this way.
    expect(stored).toContain(publicClient.clientId);
    expect(stored).toContain('saltDigest');
    expect(Object.entries(secrets).filter(([, value]) => value.length < 16)).toEqual([]);
    expect(Object.keys(secrets)).toEqual(
      expect.arrayContaining(['cookie __Host-gatehouse-browser', 'cookie __Host-gatehouse-session']),
    );
    expect(stored).toContain('Stored machine');
    expect(stored).toContain('Stored by page');
    for (const [name, value] of Object.entries(secrets)) expect(stored.includes(value), name).toBe(false);
    expect(findSecrets(stored)).toEqual([]);
    const said = JSON.stringify([(desk.deps.audit as ReturnType<typeof auditLog>).events, desk.lines]);
    for (const [name, value] of Object.entries(secrets)) expect(said.includes(value), `${name} in the log`).toBe(false);
    expect(findSecrets(said)).toEqual([]);
  });
});
