import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoRateLimits } from '../../lambdas/adapters/dynamodb/rate-limits.ts';
import { documentClient } from '../../lambdas/adapters/dynamodb/document-client.ts';
import { tables } from '../../lambdas/contract/tables.ts';
import { rateLimiter } from '../../lambdas/core/rate-limit/rate-limiter.ts';
import type { RateLimiting } from '../../lambdas/http/rate-limiting.ts';
import { accountApp } from '../../lambdas/http/account-app.ts';
import { adminApp } from '../../lambdas/http/admin-app.ts';
import { interactionApp } from '../../lambdas/http/interaction-app.ts';
import { registrationApp } from '../../lambdas/http/registration-app.ts';
import { tokenApp } from '../../lambdas/http/token-app.ts';
import { CountingSigner, issuer, signingKey } from '../core/fixtures.ts';
import type { TestEngine } from '../rig/engines.ts';
import { engines, startEngine } from '../rig/engines.ts';
import type { Desk } from './desk.ts';
import { startDesk } from './desk.ts';

let desk: Desk;
let engine: TestEngine;
beforeAll(async () => {
  const [kind] = engines;
  if (!kind) throw new Error('no DynamoDB engine is installed');
  desk = await startDesk();
  engine = await startEngine(kind, [{ name: 'RateLimits', ...tables.RateLimits }]);
});
afterAll(async () => {
  await desk.stop();
  await engine.stop();
});

const rule = (burst: number) => ({ rps: 0.1, burst });
const limits = {
  ...{ registration: rule(2), signIn: rule(3), client: rule(2), address: rule(4), calls: rule(1) },
  callsByScope: {},
};

/** The apps over a fresh limiter, so that nobody was counted yet. */
function apps(behindCloudFront = true) {
  const rateLimits = dynamoRateLimits(documentClient(engine.config), 'RateLimits');
  const limiter = rateLimiter({ rateLimits, clock: desk.clock, onOutage: () => undefined });
  const rateLimiting: RateLimiting = { limits, limiter, behindCloudFront };
  const { deps, registry } = desk;
  const own = {
    ...{ clientKeys: { find: async () => [] }, replay: { spend: async () => true } },
    signingKeys: { list: async () => [signingKey] },
    ...{ signer: new CountingSigner(), issuerKeys: { find: async () => [] }, trustedIssuers: [] },
  };
  return {
    registration: registrationApp({
      ...deps,
      settings: { registration: { dynamic: true } },
      registry,
      rateLimiting,
    }),
    interaction: interactionApp({ ...deps, rateLimiting }),
    account: accountApp({ ...desk.own.account, rateLimiting }),
    admin: adminApp({ ...desk.own.admin, rateLimiting }),
    token: tokenApp({ ...deps, ...own, upstreamIssuer: 'https://idp.example', rateLimiting } as never),
  };
}

let addresses = 0;
const fresh = () => `203.0.113.${(addresses += 1)}`;
/** Of one viewer behind the edge at `edge`. */
const from = (viewer: string, edge = '192.0.2.1') =>
  ({ requestContext: { identity: { sourceIp: edge } }, viewer: `${viewer}, ${edge}` }) as const;

async function send(
  app: { request: (url: string, init: RequestInit, env: unknown) => Response | Promise<Response> },
  path: string,
  where: ReturnType<typeof from>,
  body?: BodyInit,
  headers: Record<string, string> = {},
): Promise<Response> {
  const init = { method: body === undefined ? 'GET' : 'POST', ...(body !== undefined && { body }) };
  const all = { 'X-Forwarded-For': where.viewer, ...headers };
  return app.request(`${issuer}${path}`, { ...init, headers: all }, where);
}

const json = { 'content-type': 'application/json' };
const metadata = JSON.stringify({
  redirect_uris: ['http://127.0.0.1:3000/callback'],
  token_endpoint_auth_method: 'none',
});
const form = (client: string, grant = 'refresh_token') => new URLSearchParams({ grant_type: grant, client_id: client });

async function statuses(times: number, ask: () => Promise<Response>): Promise<number[]> {
  const answers = [];
  for (let index = 0; index < times; index += 1) answers.push((await ask()).status);
  return answers;
}

describe('AS-73 F-E4 registration of an address', () => {
  test('too many: 429 with Retry-After, in JSON, readable by browsers; another address is served', async () => {
    const { registration } = apps();
    const flood = from(fresh());
    const register = () => send(registration, '/register', flood, metadata, json);
    expect(await statuses(2, register)).toEqual([201, 201]);
    const refused = await register();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('10');
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
    expect(refused.headers.get('access-control-expose-headers')).toContain('Retry-After');
    expect(await refused.json()).toMatchObject({ error: 'temporarily_unavailable', error_uri: expect.any(String) });
    expect((await send(registration, '/register', from(fresh()), metadata, json)).status).toBe(201);
    desk.clock.forward(10);
    expect((await register()).status).toBe(201);
  });

  test('an address in front of the one that the edge wrote counts nothing', async () => {
    const { registration } = apps();
    const viewer = fresh();
    const forge = (index: number) => from(`198.51.100.${index}, ${viewer}`);
    const answers = [];
    for (let index = 0; index < 4; index += 1) {
      answers.push((await send(registration, '/register', forge(index), metadata, json)).status);
    }
    expect(answers).toEqual([201, 201, 429, 429]);
  });

  test('whoever goes around CloudFront and names another viewer each time is held by the connection', async () => {
    const { registration } = apps();
    const edge = fresh();
    const ask = () => send(registration, '/register', from(fresh(), edge), metadata, json);
    const answers = await statuses(26, ask);
    // Ten times the limit of one viewer, and the free requests of this instance.
    expect(answers.lastIndexOf(201)).toBe(23);
    expect(answers.at(-1)).toBe(429);
  });

  test('without CloudFront only the connection counts', async () => {
    const { registration } = apps(false);
    const source = fresh();
    const answers = await statuses(3, () => send(registration, '/register', from(fresh(), source), metadata, json));
    expect(answers).toEqual([201, 201, 429]);
  });
});

describe('AS-73 F-E4 endpoints for clients', () => {
  test.each(['/token', '/par', '/device_authorization', '/revoke', '/introspect'])('%s', async (path) => {
    const { token } = apps();
    const where = from(fresh());
    const ask = () => send(token, path, where, form('one'));
    expect(await statuses(2, ask)).not.toContain(429);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(await refused.json()).toMatchObject({ error: 'temporarily_unavailable' });
  });

  test('a stranger who names a client uses up nothing of that client elsewhere', async () => {
    const { token } = apps();
    const stranger = from(fresh());
    await statuses(5, () => send(token, '/token', stranger, form('victim')));
    expect((await send(token, '/token', from(fresh()), form('victim'))).status).not.toBe(429);
  });

  test('another name for each request does not help: the address is counted too', async () => {
    const { token } = apps();
    const where = from(fresh());
    let index = 0;
    const answers = await statuses(6, () => send(token, '/token', where, form(`client-${(index += 1)}`)));
    expect(answers.slice(0, 4)).not.toContain(429);
    expect(answers.slice(4)).toEqual([429, 429]);
  });

  test('RFC 8628 §3.5 a device that polls too often is told to slow down, which does not end it', async () => {
    const { token } = apps();
    const where = from(fresh());
    const ask = () => send(token, '/token', where, form('tv', 'urn:ietf:params:oauth:grant-type:device_code'));
    await statuses(2, ask);
    const refused = await ask();
    expect([refused.status, await refused.json()]).toMatchObject([429, { error: 'slow_down' }]);
  });

  test('/userinfo: by address', async () => {
    const { token } = apps();
    const where = from(fresh());
    expect(await statuses(5, () => send(token, '/userinfo', where))).toEqual([401, 401, 401, 401, 429]);
  });
});

describe('AS-73 F-E4 pages', () => {
  test.each(['/authorize', '/callback?state=x', '/consent?transaction=x', '/device', '/sign-in?to=/account'])(
    '%s: a page with 429 and Retry-After, and nobody is sent anywhere',
    async (path) => {
      const { interaction } = apps();
      const where = from(fresh());
      expect(await statuses(3, () => send(interaction, path, where))).not.toContain(429);
      const refused = await send(interaction, path, where);
      expect(refused.status).toBe(429);
      expect(refused.headers.get('retry-after')).toBe('10');
      expect(refused.headers.get('content-type')).toMatch(/^text\/html/);
      expect(refused.headers.get('location')).toBeNull();
      expect(await refused.text()).toContain('Too many requests');
      desk.clock.forward(30);
    },
  );
});

describe('AS-73 F-E4 our own pages and the admin API', () => {
  test.each([
    ['account', '/account'],
    ['account', '/account/keys'],
    ['admin', '/admin'],
    ['admin', '/admin/sessions'],
  ] as const)('%s %s: a page with 429 and Retry-After', async (name, path) => {
    const app = apps()[name];
    const where = from(fresh());
    expect(await statuses(3, () => send(app, path, where))).not.toContain(429);
    const refused = await send(app, path, where);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('10');
    expect(refused.headers.get('content-type')).toMatch(/^text\/html/);
    expect(refused.headers.get('location')).toBeNull();
    expect(await refused.text()).toContain('Too many requests');
    expect((await send(app, path, from(fresh()))).status).not.toBe(429);
  });

  test('a form counts as well, whatever it holds', async () => {
    const { account } = apps();
    const where = from(fresh());
    const answers = await statuses(4, () => send(account, '/account/sign-out', where, new URLSearchParams()));
    expect(answers.at(-1)).toBe(429);
  });

  test('a program gets problem details with 429 and Retry-After, before its credential is judged', async () => {
    const { admin } = apps();
    const where = from(fresh());
    const ask = () => send(admin, '/admin/api/clients', where);
    expect(await statuses(4, ask)).toEqual([401, 401, 401, 401]);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('10');
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(await refused.json()).toMatchObject({ status: 429, detail: expect.stringContaining('10 s') });
  });
});

test('discovery is never refused', async () => {
  const path = '/.well-known/oauth-authorization-server';
  expect(new Set(await statuses(300, () => send(desk.discovery, path, from('203.0.113.250'))))).toEqual(new Set([200]));
});
