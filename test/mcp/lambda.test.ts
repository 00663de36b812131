import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { tables } from '../../lambdas/contract/tables.ts';
import { bundle } from '../../lib/bundle.ts';
import type { LocalLambda, Outcome } from '../../local/lambda/local-lambda.ts';
import { createLambda } from '../../local/lambda/local-lambda.ts';
import { issuer, server } from '../resource/forge.ts';
import type { TestEngine } from '../rig/engines.ts';
import { engines, startEngine } from '../rig/engines.ts';
import { callerOf } from './scene.ts';
import { legacyPost, modernPost } from './wire.ts';

let engine: TestEngine;
let lambda: LocalLambda;
let folder: string;
const log: string[] = [];

const settings = {
  stage: 'development',
  servers: [{ ...server, resource: undefined }],
  lifetimes: Object.fromEntries(
    [
      'accessToken',
      'refreshTokenIdle',
      'refreshTokenAbsolute',
      'refreshReplayWindow',
      'authorizationCode',
      'signInTransaction',
      'browserSession',
      'unusedRegistration',
      'grantCache',
    ].map((name) => [name, 60]),
  ),
  registration: { dynamic: true },
  metadataDocuments: { enabled: true, allowHosts: [], denyHosts: [] },
  allowedOrigins: [],
  brand: { name: 'Test', accentColor: '#000000' },
};

/** The bundle of the entry, as it is deployed, in a process of its own with Lambda's streaming interface. */
beforeAll(async () => {
  const kind = engines[0];
  if (kind === undefined) throw new Error('no DynamoDB engine is installed');
  engine = await startEngine(kind, [{ name: 'Todos', ...tables.Todos }]);
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-mcp-'));
  await writeFile(join(folder, 'index.mjs'), bundle(['lambdas/mcp.ts']).get('lambdas/mcp.ts')?.code ?? '');
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
    TABLE_TODOS: 'Todos',
    TABLE_RATE_LIMITS: 'RateLimits',
  };
  const spec = {
    logicalId: 'Mcp',
    name: 'mcp',
    arn: 'mcp',
    folder,
    handler: 'index.handler',
    timeout: 20,
    environment,
  };
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

interface Answer {
  readonly outcome: Outcome;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

async function invoke(
  { method, headers, body }: { method: string; headers: Record<string, string>; body: string | null },
  change: Record<string, unknown> = {},
): Promise<Answer> {
  const authorizer = { principalId: 'alice', integrationLatency: 3, ...callerOf() };
  const event = {
    httpMethod: method,
    path: '/mcp',
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    body,
    isBase64Encoded: false,
    requestContext: { requestId: 'trace-7', authorizer },
    ...change,
  };
  const chunks: Uint8Array[] = [];
  const outcome = await lambda.invoke('mcp', event, { onChunk: (data) => chunks.push(data) });
  const bytes = Buffer.concat(chunks);
  const end = bytes.indexOf(Buffer.alloc(8));
  const { statusCode, headers: sent } = JSON.parse(bytes.subarray(0, end).toString()) as {
    statusCode: number;
    headers: Record<string, string>;
  };
  return { outcome, status: statusCode, headers: sent, body: bytes.subarray(end + 8).toString() };
}

const whoami = { name: 'whoami', arguments: {} };

describe('the entry, bundled and streamed', () => {
  test('answers JSON and streams alike', async () => {
    const modern = await invoke(modernPost('tools/call', whoami));
    expect(modern).toMatchObject({ status: 200, outcome: { kind: 'result' } });
    expect(modern.headers['content-type']).toContain('application/json');
    expect(modern.body).toContain('"sub":"alice"');
    const legacy = await invoke(legacyPost({ jsonrpc: '2.0', id: 1, method: 'tools/list' }));
    expect(legacy.headers).toMatchObject({ 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
    expect(legacy.body).toContain('create_todo');
  });

  test('reaches its table', async () => {
    const call = modernPost('tools/call', { name: 'create_todo', arguments: { title: 'Grüße' } });
    expect((await invoke(call)).body).toContain('Grüße');
    const base64 = { body: Buffer.from(call.body).toString('base64'), isBase64Encoded: true };
    expect((await invoke(call, base64)).body).toContain('Grüße');
  });

  test('MS-12 an empty answer has its status too', async () => {
    const answer = await invoke(legacyPost({ jsonrpc: '2.0', method: 'notifications/initialized' }));
    expect(answer).toMatchObject({ status: 202, body: '', outcome: { kind: 'result' } });
  });

  test('GET is 405', async () => {
    const answer = await invoke({ method: 'GET', headers: { accept: 'text/event-stream' }, body: null });
    expect(answer.status).toBe(405);
    expect(answer.headers['allow']).toBe('POST');
  });

  test('a header that is no header does not break the request', async () => {
    const init = modernPost('tools/call', whoami);
    const answer = await invoke({ ...init, headers: { ...init.headers, 'x-name': 'Ω\n' } });
    expect(answer.status).toBe(200);
  });

  test.each([
    ['no authorizer at all', undefined],
    ['a caller that is not whole', { principalId: 'alice', sub: 'alice' }],
    ['a caller of another server', { ...callerOf({ server: 'notes' }) }],
  ])('without a guard nobody passes: %s', async (_, authorizer) => {
    const answer = await invoke(modernPost('tools/call', whoami), {
      requestContext: { requestId: 'trace-8', authorizer },
    });
    expect(answer.status).toBe(500);
    expect(JSON.parse(answer.body)).toEqual({
      jsonrpc: '2.0',
      id: null,
      error: { code: -32603, message: 'Internal error.', data: { traceId: 'trace-8' } },
    });
    await vi.waitFor(() => expect(log.join()).toContain('trace-8'));
  });

  test('no log line holds a credential or an argument', async () => {
    const init = modernPost('tools/call', { name: 'create_todo', arguments: { title: 'Private matter' } });
    await invoke({ ...init, headers: { ...init.headers, authorization: 'Bearer eyJsecret' } });
    // Lines come in order: once that of a later call is here, those of the earlier one are.
    await invoke(init, { requestContext: { requestId: 'trace-9' } });
    await vi.waitFor(() => expect(log.join()).toContain('trace-9'));
    expect(log.join('\n')).not.toMatch(/eyJsecret|Private matter/);
  });
});
