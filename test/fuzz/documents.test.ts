import fc from 'fast-check';
import { Hono } from 'hono/tiny';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoClients } from '../../lambdas/adapters/dynamodb/clients.ts';
import { documentClient } from '../../lambdas/adapters/dynamodb/document-client.ts';
import { freshness } from '../../lambdas/adapters/guarded-fetch/freshness.ts';
import { tables } from '../../lambdas/contract/tables.ts';
import { readDetails } from '../../lambdas/core/authorization-details/read-details.ts';
import type { Client } from '../../lambdas/core/client.ts';
import { clientOfDocument } from '../../lambdas/core/metadata-document/client-of-document.ts';
import { registerClient } from '../../lambdas/core/registration/register-client.ts';
import { readJson } from '../../lambdas/http/read-json.ts';
import { auditLog, HandClock, issuer, lifetimes, seededEntropy } from '../core/fixtures.ts';
import { engines, startEngine } from '../rig/engines.ts';
import type { TestEngine } from '../rig/engines.ts';
import { holdProperty } from '../rig/hold-property.ts';
import { hostileJson, hostileText, mutated } from './hostile.ts';
import { accepted, judged } from './judged.ts';

const url = 'https://client.example/oauth/client.json';
const members = {
  client_name: 'Client',
  redirect_uris: ['https://client.example/cb', 'http://localhost/cb'],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  token_endpoint_auth_method: 'none',
  scope: 'todos:read',
  application_type: 'native',
  client_uri: 'https://client.example',
  contacts: ['me@client.example'],
};
const names = [
  ...Object.keys(members),
  'client_id',
  'client_secret',
  'jwks',
  'jwks_uri',
  'logo_uri',
  'software_id',
  'token_endpoint_auth_methods_supported',
  'token_endpoint_auth_signing_alg',
  'dpop_bound_access_tokens',
  'require_pushed_authorization_requests',
  '__proto__',
];
/** Keys with members that tables cannot hold as they are. */
const odd = fc.constantFrom<unknown>(
  'x',
  1e300,
  5e-324,
  2 ** 60,
  '\ud800',
  null,
  [null],
  { ['']: 1 },
  { a: { b: [1e200] } },
);
const jwks = fc.record({ keys: fc.array(fc.record({ kty: fc.constantFrom('EC', 'RSA', 'oct'), x: odd, extra: odd })) });
const change = fc.oneof(
  { weight: 3, arbitrary: fc.dictionary(fc.constantFrom(...names), hostileJson, { maxKeys: 4 }) },
  {
    weight: 1,
    arbitrary: jwks.map((set): Record<string, unknown> => ({
      jwks: set,
      token_endpoint_auth_method: 'private_key_jwt',
    })),
  },
);
const metadata = fc.oneof(
  { weight: 6, arbitrary: change.map((some) => ({ ...members, ...some })) },
  { weight: 1, arbitrary: hostileJson },
);

let engine: TestEngine;
let clients: ReturnType<typeof dynamoClients>;
beforeAll(async () => {
  const [kind] = engines;
  if (!kind) throw new Error('no DynamoDB engine is installed');
  engine = await startEngine(kind, [{ name: 'Clients', ...tables.Clients }]);
  clients = dynamoClients(documentClient(engine.config), 'Clients');
});
afterAll(() => engine.stop());

function checkClient({ redirectUris, clientName, grantTypes, jwks: keys }: Partial<Client>): void {
  expect(redirectUris?.length).toBeGreaterThan(0);
  for (const uri of redirectUris ?? [])
    expect(uri).toMatch(/^(?:https:|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])|[\w.+-]+:)/);
  // eslint-disable-next-line no-control-regex -- nothing that breaks or turns a line
  expect(clientName ?? '').not.toMatch(/[\x00-\x1f\u202a-\u202e\u2066-\u2069\u2028\ud800]/);
  expect(grantTypes).toContain('authorization_code');
  expect(JSON.stringify(keys ?? {})).not.toMatch(/"(?:d|k|p|q)":|"oct"/);
}

describe('AS-32 registrations', () => {
  test('are refused with a reason, or kept as they are answered', async () => {
    const clock = new HandClock();
    const deps = { clients, audit: auditLog(), entropy: seededEntropy('fuzz'), clock, issuer, lifetimes };
    await holdProperty(
      metadata,
      async (body) => {
        const { response } = (await accepted(() => registerClient(body, deps))) ?? {};
        if (!response) return;
        const kept = await clients.find(String(response['client_id']), clock.now());
        checkClient(kept ?? {});
        expect(response['redirect_uris']).toEqual(kept?.redirectUris);
        if (response['jwks'] !== undefined) expect(kept?.jwks).toEqual(response['jwks']);
      },
      { runs: 500, seconds: 2 },
    );
  });
});

describe('AS-22 AS-23 metadata documents', () => {
  test('are refused with a reason, or describe a client that can be kept', async () => {
    await holdProperty(
      metadata,
      async (body) => {
        if (typeof body !== 'object' || body === null || Array.isArray(body)) return;
        const id = `${url}?${Math.abs(JSON.stringify(body).length)}`;
        const named = 'client_id' in body ? body : { ...body, client_id: id };
        const client = await accepted(() => clientOfDocument(id, named as Record<string, unknown>));
        if (!client) return;
        checkClient(client);
        expect(client.clientId).toBe(id);
        expect(client).not.toHaveProperty('secretDigest');
        expect([client.tokenEndpointAuthMethod, ...(client.tokenEndpointAuthMethods ?? [])].join()).not.toMatch(
          /secret/,
        );
        const now = new HandClock().now();
        await clients.keepDocument({ ...client, registeredAt: now, freshUntil: now + 60, expiresAt: now + 3600 });
        expect(await clients.find(id, now)).toMatchObject({ clientId: id });
      },
      { runs: 500, seconds: 2 },
    );
  });

  test('AS-26 cache headers of every kind are a number of seconds, or nothing', async () => {
    const value = fc.oneof(
      mutated('max-age=60, s-maxage="30", no-cache'),
      mutated('Sat, 21 Nov 2026 12:00:00 GMT'),
      hostileText,
    );
    const headers = fc.record(
      { 'cache-control': value, expires: value, date: value, age: value },
      { requiredKeys: [] },
    );
    await holdProperty(
      headers,
      (sent) => {
        const seconds = freshness(sent, 1_795_262_400_000);
        if (seconds !== undefined) expect(Number.isInteger(seconds) && seconds >= 0, String(seconds)).toBe(true);
      },
      { runs: 1500, seconds: 1 },
    );
  });
});

describe('AS-54 authorization_details', () => {
  test('are refused with a reason, or come back from JSON and tables as they were sent', async () => {
    const text = fc.oneof(
      hostileJson.map((value) => JSON.stringify([{ type: 'a', value }]) ?? ''),
      mutated('[{"type":"a","locations":["https://gate.example/mcp"],"n":1.5}]'),
      fc.constantFrom('[{"type":"a","n":1e400}]', '[{"type":"a","n":9007199254740993}]', '[{"type":"a","type":"b"}]'),
      hostileText,
    );
    await holdProperty(
      text,
      async (sent) => {
        const details = await accepted(() => readDetails(new URLSearchParams({ authorization_details: sent })));
        if (!details) return;
        expect(details.every(({ type }) => type !== '')).toBe(true);
        expect(JSON.parse(JSON.stringify(details))).toEqual(details);
      },
      { runs: 1500, seconds: 1 },
    );
  });
});

describe('AS-32 JSON bodies', () => {
  async function read(body: string): Promise<unknown> {
    const app = new Hono();
    let outcome: Promise<unknown> = Promise.resolve();
    app.post('/', async (context) => {
      outcome = readJson(context);
      await outcome.catch(() => {});
      return context.body(null);
    });
    await app.request('/', { method: 'POST', body, headers: { 'Content-Type': 'application/json' } });
    return outcome;
  }

  test('are read as they are, or refused with the place of the mistake', async () => {
    const good = JSON.stringify(members);
    await holdProperty(
      fc.oneof(
        mutated(good),
        hostileJson.map((value) => JSON.stringify(value) ?? ''),
        hostileText,
      ),
      async (body) => {
        const outcome = await judged(() => read(body));
        if ('value' in outcome) expect(outcome.value).toEqual(JSON.parse(body.toWellFormed()));
      },
      { runs: 500, seconds: 1 },
    );
  });

  test.each([
    ['arrays', '['.repeat(60_000)],
    ['closed arrays', '['.repeat(30_000) + ']'.repeat(30_000)],
    ['objects', '{"a":'.repeat(12_000)],
    ['closed objects', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
    ['a wide array', `[${'0,'.repeat(30_000)}0]`],
    ['one long text', `"${'\\ud800'.repeat(10_000)}"`],
    ['one long number', '9'.repeat(60_000)],
  ])('%s neither hang nor exhaust the stack', async (_name, body) => {
    const outcome = await judged(() => read(body));
    if ('refusal' in outcome) expect(outcome.refusal.code).toBe('invalid_client_metadata');
  });
});
