import { afterAll, beforeAll, expect, test } from 'vitest';
import { dynamoRateLimits } from '../../lambdas/adapters/dynamodb/rate-limits.ts';
import { documentClient } from '../../lambdas/adapters/dynamodb/document-client.ts';
import type { Caller } from '../../lambdas/contract/caller.ts';
import { tables } from '../../lambdas/contract/tables.ts';
import { rateLimiter } from '../../lambdas/core/rate-limit/rate-limiter.ts';
import { createMcpApp } from '../../lambdas/mcp/mcp-app.ts';
import { HandClock } from '../core/fixtures.ts';
import { issuer, server } from '../resource/forge.ts';
import type { TestEngine } from '../rig/engines.ts';
import { engines, startEngine } from '../rig/engines.ts';
import { callerOf } from './scene.ts';

let engine: TestEngine;
beforeAll(async () => {
  const [kind] = engines;
  if (!kind) throw new Error('no DynamoDB engine is installed');
  engine = await startEngine(kind, [{ name: 'RateLimits', ...tables.RateLimits }]);
});
afterAll(() => engine.stop());

const clock = new HandClock();
const log = { info: () => undefined, error: () => undefined };

function serve() {
  const limiter = rateLimiter({
    rateLimits: dynamoRateLimits(documentClient(engine.config), 'RateLimits'),
    clock,
    onOutage: () => undefined,
  });
  const limits = { calls: { rps: 0.5, burst: 2 }, callsByScope: { 'todos:write': { rps: 1, burst: 4 } } };
  const app = createMcpApp({
    ...{ issuer, servers: [server], allowedOrigins: [], log },
    rateLimiting: { limiter, limits },
    buildServer: () => {
      throw new Error('enough: it passed');
    },
  });
  return async (caller: Partial<Caller>): Promise<Response | 'passed'> => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'ping' });
    const headers = { 'content-type': 'application/json' };
    const answer = await app(new Request(server.resource, { method: 'POST', body, headers }), callerOf(caller));
    return answer.status === 429 ? answer : 'passed';
  };
}

const reader = (sub: string) => ({ sub, scope: 'todos:read' });

test('F-E4 too many calls: 429 with Retry-After and a JSON-RPC error of that call', async () => {
  const call = serve();
  expect([await call(reader('ann')), await call(reader('ann'))]).toEqual(['passed', 'passed']);
  const refused = (await call(reader('ann'))) as Response;
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('2');
  expect(refused.headers.get('access-control-expose-headers')).toContain('Retry-After');
  expect(await refused.json()).toMatchObject({
    jsonrpc: '2.0',
    id: 7,
    error: { code: -32000, data: { error: 'temporarily_unavailable', retryAfter: 2 } },
  });
});

test('F-E4 a person with another client, and another person, have limits of their own; a new grant has not', async () => {
  const call = serve();
  for (let index = 0; index < 2; index += 1) await call({ ...reader('bob'), gid: `grant-${index}` });
  expect(await call({ ...reader('bob'), gid: 'grant-new' })).toBeInstanceOf(Response);
  expect(await call({ ...reader('bob'), clientId: 'client-2' })).toBe('passed');
  expect(await call(reader('carol'))).toBe('passed');
});

test('F-E4 the scopes of the token give the class; a name that every object has is none', async () => {
  const call = serve();
  const writer = { sub: 'dan', scope: 'constructor todos:read todos:write' };
  for (let index = 0; index < 4; index += 1) expect(await call(writer)).toBe('passed');
  expect(await call(writer)).toBeInstanceOf(Response);
});
