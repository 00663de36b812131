import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { bundle } from '../../lib/bundle.ts';
import type { RoutedFunction } from '../../lambdas/contract/route.ts';
import { settingsSchema } from '../../lambdas/contract/settings.ts';
import { tables, tableVariable } from '../../lambdas/contract/tables.ts';
import { dynamoClients } from '../../lambdas/adapters/dynamodb/clients.ts';
import { documentClient } from '../../lambdas/adapters/dynamodb/document-client.ts';
import { recordSigningKey } from '../../lambdas/adapters/dynamodb/signing-keys.ts';
import { goodRequest, issuer, lifetimes, publicClient, signingKey, todos } from '../core/fixtures.ts';
import type { TestEngine } from '../rig/engines.ts';
import { engines, startEngine } from '../rig/engines.ts';
import { restEvent } from './rest-event.ts';

interface Result {
  readonly statusCode: number;
  readonly body: string;
  readonly isBase64Encoded: boolean;
  readonly headers?: Record<string, string>;
  readonly multiValueHeaders?: Record<string, string[]>;
}

type Handler = (event: APIGatewayProxyEvent) => Promise<Result>;

const names: readonly RoutedFunction[] = ['discovery', 'registration', 'interaction', 'token'];
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-entries-'));
const handlers = new Map<string, Handler>();
let engine: TestEngine;

beforeAll(async () => {
  const [kind] = engines;
  if (!kind) throw new Error('no DynamoDB engine is installed');
  const described = Object.entries(tables).map(([name, table]) => ({ name, ...table }));
  engine = await startEngine(kind, described);
  const db = documentClient(engine.config);
  await dynamoClients(db, 'Clients').register(publicClient);
  await recordSigningKey(db, 'SigningKeys', signingKey);
  Object.assign(process.env, environment());
  const settings = settingsSchema.parse({
    stage: 'development',
    servers: [todos],
    lifetimes: { ...lifetimes, grantCache: 60 },
    registration: { dynamic: true },
    metadataDocuments: { enabled: true, allowHosts: [], denyHosts: [] },
    allowedOrigins: [],
    brand: { name: 'Gatehouse', accentColor: '#2f5fd0' },
  });
  const bundles = bundle(names.map((name) => `lambdas/${name}.ts`));
  for (const name of names) {
    const file = join(folder, name, 'index.mjs');
    mkdirSync(join(folder, name));
    writeFileSync(file, bundles.get(`lambdas/${name}.ts`)?.code ?? '');
    writeFileSync(join(folder, name, 'settings.json'), JSON.stringify(settings));
    handlers.set(name, ((await import(file)) as { handler: Handler }).handler);
  }
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await engine.stop();
});

function environment(): Record<string, string> {
  const named = Object.keys(tables).map((table) => [tableVariable(table as keyof typeof tables), table]);
  return {
    ...(Object.fromEntries(named) as Record<string, string>),
    ISSUER: issuer,
    SERVER_URLS: JSON.stringify({ [todos.id]: todos.resource }),
    PEPPER_SECRET_ARN: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:pepper',
    UPSTREAM_ISSUER: 'http://127.0.0.1:9',
    UPSTREAM_CLIENT_ID: 'gatehouse',
    UPSTREAM_CLIENT_SECRET_ARN: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:upstream',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIATEST',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
    AWS_ENDPOINT_URL: engine.endpoint,
  };
}

async function call(name: RoutedFunction, event: APIGatewayProxyEvent): Promise<Result> {
  const handler = handlers.get(name);
  if (!handler) throw new Error(`${name} has no handler`);
  return handler(event);
}

const form = { 'Content-Type': 'application/x-www-form-urlencoded' };

describe('an event of an API Gateway REST API', () => {
  test('discovery: metadata, keys and the greedy path', async () => {
    const metadata = await call('discovery', restEvent('GET', '/.well-known/oauth-authorization-server'));
    expect(JSON.parse(metadata.body)).toMatchObject({ issuer });
    const keys = await call('discovery', restEvent('GET', '/.well-known/jwks.json'));
    expect(JSON.parse(keys.body)).toEqual({ keys: [signingKey.publicJwk] });
    const resource = await call('discovery', restEvent('GET', '/.well-known/oauth-protected-resource/mcp'));
    expect(resource.statusCode).toBe(200);
    expect(resource.isBase64Encoded).toBe(false);
    expect(JSON.parse(resource.body)).toMatchObject({ resource: todos.resource });
  });

  test('registration: the body arrives intact, base64 or not', async () => {
    const body = JSON.stringify({ client_name: 'Zoë ☃', redirect_uris: ['http://127.0.0.1/cb'] });
    for (const encoded of [false, true]) {
      const event = restEvent('POST', '/register', { body, encoded, headers: { 'Content-Type': 'application/json' } });
      const result = await call('registration', event);
      expect(result.statusCode).toBe(201);
      expect(JSON.parse(result.body)).toMatchObject({ client_name: 'Zoë ☃' });
    }
  });

  test('interaction: repeated query parameters arrive repeated', async () => {
    const query = goodRequest();
    query.append('scope', 'again');
    const result = await call('interaction', restEvent('GET', '/authorize', { query }));
    expect(result.statusCode).toBe(303);
    const location = new URL(result.multiValueHeaders?.['location']?.[0] ?? '');
    expect(location.searchParams.get('error')).toBe('invalid_request');
    expect(location.searchParams.get('error_description')).toContain('scope');
  });

  test('interaction: a page, with the trace id of the request', async () => {
    const query = goodRequest({ client_id: 'nobody' });
    const result = await call('interaction', restEvent('GET', '/authorize', { query }));
    expect(result.statusCode).toBe(400);
    expect(result.isBase64Encoded).toBe(false);
    expect(result.body).toContain('request-id-1');
  });

  test('interaction: several cookies of one header are read', async () => {
    const cookie = `other=1; __Host-gatehouse-browser=${'b'.repeat(43)}; more=2`;
    const event = restEvent('GET', '/consent', {
      query: new URLSearchParams({ transaction: 'x' }),
      headers: { cookie },
    });
    const result = await call('interaction', event);
    expect(result.statusCode).toBe(400);
    expect(result.body).toContain('This sign-in is over');
  });

  test('token: the form arrives intact; WWW-Authenticate is set for Basic', async () => {
    const body = 'grant_type=refresh_token&refresh_token=a%2Bb';
    const headers = { ...form, Authorization: `Basic ${btoa('nobody:x')}` };
    const result = await call('token', restEvent('POST', '/token', { body, headers }));
    expect(result.statusCode).toBe(401);
    expect(result.multiValueHeaders?.['www-authenticate']?.[0]).toMatch(/^Basic /);
    expect(JSON.parse(result.body)).toMatchObject({ error: 'invalid_client' });
  });

  test.each([
    ['discovery', 'POST', '/.well-known/jwks.json', 405],
    ['registration', 'GET', '/register', 405],
    ['interaction', 'DELETE', '/authorize', 405],
    ['token', 'GET', '/token', 405],
    ['token', 'POST', '/unknown', 404],
  ] as const)('%s: %s %s is %i in JSON', async (name, method, path, status) => {
    const result = await call(name, restEvent(method, path));
    expect(result.statusCode).toBe(status);
    expect(JSON.parse(result.body)).toMatchObject({ error: 'invalid_request' });
  });
});

describe('cold starts stay short because bundles stay small', () => {
  test.each([
    ['discovery', 120, /@aws-sdk|@smithy|openid-client/],
    ['registration', 330, /client-kms|client-secrets-manager|openid-client/],
    ['token', 330, /openid-client/],
  ] as const)('%s: at most %i KiB, and only what it needs', (name, kibibytes, never) => {
    const built = bundle([`lambdas/${name}.ts`]).get(`lambdas/${name}.ts`);
    expect((built?.code.byteLength ?? Infinity) / 1024).toBeLessThanOrEqual(kibibytes);
    const inputs = Object.entries(built?.metafile.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
    expect(inputs.map(([path]) => path).filter((path) => never.test(path))).toEqual([]);
  });
});
