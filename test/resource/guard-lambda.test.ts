import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { dynamoApiKeys } from '../../lambdas/adapters/dynamodb/api-keys.ts';
import { documentClient } from '../../lambdas/adapters/dynamodb/document-client.ts';
import { dynamoGrants } from '../../lambdas/adapters/dynamodb/grants.ts';
import { recordSigningKey } from '../../lambdas/adapters/dynamodb/signing-keys.ts';
import { systemClock } from '../../lambdas/adapters/system.ts';
import { tables } from '../../lambdas/contract/tables.ts';
import { writeKeyText } from '../../lambdas/core/api-keys/key-text.ts';
import { digest } from '../../lambdas/core/digest.ts';
import type { Grant } from '../../lambdas/core/grant.ts';
import { bundle } from '../../lib/bundle.ts';
import type { LocalLambda } from '../../local/lambda/local-lambda.ts';
import { createLambda } from '../../local/lambda/local-lambda.ts';
import type { TestEngine } from '../rig/engines.ts';
import { engines, startEngine } from '../rig/engines.ts';
import type { KeyPair } from './forge.ts';
import { goodClaims, issuer, keyPair, mint, server } from './forge.ts';

let engine: TestEngine;
let lambda: LocalLambda;
let folder: string;
let pair: KeyPair;
let db: ReturnType<typeof documentClient>;
const log: string[] = [];
const start = systemClock.now();

const names = ['accessToken', 'refreshTokenIdle', 'refreshTokenAbsolute', 'refreshReplayWindow', 'authorizationCode'];
const lifetimes = [...names, 'signInTransaction', 'browserSession', 'unusedRegistration'].map((name) => [name, 60]);

const settings = {
  stage: 'development',
  servers: [server],
  lifetimes: { ...Object.fromEntries(lifetimes), grantCache: 0 },
  registration: { dynamic: true },
  metadataDocuments: { enabled: true, allowHosts: [], denyHosts: [] },
  allowedOrigins: [],
  brand: { name: 'Test', accentColor: '#000000' },
};

const grant: Grant = {
  gid: goodClaims.gid,
  state: 'active',
  clientId: goodClaims.client_id,
  sub: goodClaims.sub,
  resources: [server.resource],
  scopes: ['todos:read'],
  refreshable: true,
  saltDigest: 'digest',
  redirectUri: 'http://localhost/callback',
  codeChallenge: 'challenge',
  codeExpiresAt: start + 60,
  generation: 1,
  rotatedAt: start,
  authTime: start,
  createdAt: start,
  expiresAt: start + 3600,
  absoluteExpiresAt: start + 3600,
};

/** The bundle of the entry, as it is deployed, over real tables. */
beforeAll(async () => {
  const kind = engines[0];
  if (kind === undefined) throw new Error('no DynamoDB engine is installed');
  const { SigningKeys, Grants, Revocations, ApiKeys } = tables;
  engine = await startEngine(kind, [
    { name: 'SigningKeys', ...SigningKeys },
    { name: 'Grants', ...Grants },
    { name: 'Revocations', ...Revocations },
    { name: 'ApiKeys', ...ApiKeys },
  ]);
  db = documentClient(engine.config);
  pair = await keyPair('RS256', 'rsa-1');
  await recordSigningKey(db, 'SigningKeys', pair.key);
  await dynamoGrants(db, 'Grants').create(grant);
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-guard-'));
  await writeFile(join(folder, 'index.mjs'), bundle(['lambdas/guard.ts']).get('lambdas/guard.ts')?.code ?? '');
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settings));
  const environment = {
    PATH: process.env['PATH'] ?? '',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIATEST',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
    _HANDLER: 'index.handler',
    ISSUER: issuer,
    SERVER_URLS: JSON.stringify({ todos: server.resource }),
    TABLE_SIGNING_KEYS: 'SigningKeys',
    TABLE_GRANTS: 'Grants',
    TABLE_REVOCATIONS: 'Revocations',
    TABLE_API_KEYS: 'ApiKeys',
  };
  const handler = 'index.handler';
  const spec = { logicalId: 'Guard', name: 'guard', arn: 'guard', folder, handler, timeout: 20, environment };
  lambda = createLambda(
    () => spec,
    (event) => log.push(event.text),
  );
});

afterAll(async () => {
  lambda.stop();
  await engine.stop();
  await rm(folder, { recursive: true });
});

const token = () => mint(pair, { iat: start, exp: start + 600 });

function ask(authorization: string | undefined, headers: Record<string, string> = {}) {
  const sent = { ...headers, ...(authorization !== undefined && { authorization }) };
  const multiValueHeaders = Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, [value]]));
  const requestContext = { requestId: 'trace-9', identity: { sourceIp: '203.0.113.9' } };
  return lambda.invoke('guard', { methodArn: 'arn:m', path: '/mcp', headers: sent, multiValueHeaders, requestContext });
}

describe('the entry, bundled and over real tables', () => {
  test('lets a good token pass', async () => {
    const outcome = await ask(`Bearer ${await token()}`);
    expect(outcome.kind).toBe('result');
    expect(JSON.parse(outcome.kind === 'result' ? outcome.payload : '')).toMatchObject({
      principalId: 'alice',
      policyDocument: { Statement: [{ Effect: 'Allow', Resource: 'arn:m' }] },
      context: { sub: 'alice', server: 'todos' },
    });
  });

  test('denies a call beyond the scopes', async () => {
    const headers = { 'mcp-method': 'tools/call', 'mcp-name': 'delete_todo' };
    const outcome = await ask(`Bearer ${await token()}`, headers);
    expect(outcome.kind === 'result' && outcome.payload).toContain('insufficient_scope');
  });

  test('F-B3 F-B4 lets a good key pass in X-API-Key, and notes from where; another key does not', async () => {
    const { keyId, text } = writeKeyText('development', randomBytes(12), randomBytes(32));
    const mine = { owner: 'alice', sub: 'alice', servers: ['todos'], permissions: ['read'], paths: [] };
    await dynamoApiKeys(db, 'ApiKeys').create({ keyId, name: 'K', ...mine, digest: digest(text), createdAt: start });
    const outcome = await ask(undefined, { 'X-API-Key': text });
    expect(JSON.parse(outcome.kind === 'result' ? outcome.payload : '')).toMatchObject({
      principalId: 'alice',
      policyDocument: { Statement: [{ Effect: 'Allow', Resource: 'arn:m' }] },
      context: { sub: 'alice', clientId: `key:${keyId}`, scope: 'todos:read', keyId },
    });
    expect(await dynamoApiKeys(db, 'ApiKeys').find(keyId)).toMatchObject({ lastUsedFrom: '203.0.113.9' });
    const other = writeKeyText('development', randomBytes(12), randomBytes(32));
    expect(await ask(undefined, { 'X-API-Key': other.text })).toMatchObject({
      kind: 'error',
      error: { errorMessage: 'Unauthorized' },
    });
    await vi.waitFor(() => expect(log.join('')).toContain('key_unknown'));
    expect(log.join('')).not.toContain(other.text.slice(24));
  });

  test('RS-01 throws exactly Unauthorized, and logs one line with reason and trace id', async () => {
    for (const [authorization, reason] of [
      [undefined, 'no_credential'],
      ['Bearer nonsense', 'malformed'],
    ] as const) {
      log.length = 0;
      expect(await ask(authorization)).toMatchObject({ kind: 'error', error: { errorMessage: 'Unauthorized' } });
      // Lines travel beside the answer, and may come after it.
      const lines = () => log.filter((line) => line.includes(reason));
      await vi.waitFor(() => expect(lines()).toHaveLength(1));
      expect(lines()[0]).toContain('trace-9');
    }
    expect(log.join('')).not.toContain('nonsense');
  });

  test('D9 a revoked grant is dead at once where the bound is 0', async () => {
    const bearer = `Bearer ${await token()}`;
    await dynamoGrants(db, 'Grants').revoke(grant.gid, start + 3600);
    expect(await ask(bearer)).toMatchObject({ kind: 'error', error: { errorMessage: 'Unauthorized' } });
  });

  test('a table that is away is a 500, never Unauthorized and never a pass', async () => {
    await engine.stop();
    const outcome = await ask(`Bearer ${await token()}`);
    expect(outcome.kind).toBe('error');
    expect(outcome.kind === 'error' && outcome.error.errorMessage).not.toBe('Unauthorized');
  });
});
