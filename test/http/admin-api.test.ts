import { Hono } from 'hono';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { adminOperations } from '../../lambdas/contract/admin/index.ts';
import { operationId } from '../../lambdas/contract/admin/operation.ts';
import { writePathValue } from '../../lambdas/contract/admin/path-value.ts';
import type { AuditEvent } from '../../lambdas/core/ports/audit.ts';
import { answerProblem } from '../../lambdas/http/admin/problem.ts';
import { goodRequest, issuer, publicClient, verifier } from '../core/fixtures.ts';
import { DpopKey } from '../rig/dpop-key.ts';
import type { Tokens } from './admin-scene.ts';
import { administrator, adminRequest, askToken, call, reader, tokensOf, walk } from './admin-scene.ts';
import type { Desk } from './desk.ts';
import { startDesk } from './desk.ts';

let desk: Desk;
/** Access tokens: of an administrator, of a reader, of an administrator who asked for less, for an MCP server. */
let tokens: Record<'admin' | 'reader' | 'narrow' | 'foreign', string>;
beforeAll(async () => {
  desk = await startDesk();
  const token = async (...args: Parameters<typeof tokensOf>) => (await tokensOf(...args)).access_token;
  tokens = {
    admin: await token(desk, administrator()),
    reader: await token(desk, reader()),
    narrow: await token(desk, administrator(), adminRequest({ scope: 'gatehouse:admin:read' })),
    foreign: await token(desk, administrator(), goodRequest()),
  };
});
afterAll(() => desk.stop());

let events: AuditEvent[];
beforeEach(() => {
  ({ events } = desk.deps.audit as unknown as { events: AuditEvent[] });
  events.length = 0;
  Object.assign(desk.administrators, { groups: ['gatehouse-admins'] });
});

interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly traceId: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

/** The problem details of an answer, with what all of them have in common held. */
async function problemOf(answer: Response): Promise<Problem> {
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  const problem = (await answer.json()) as Problem;
  expect(problem).toMatchObject({ status: answer.status, traceId: 'trace-1' });
  for (const text of [problem.type, problem.title, problem.detail]) expect(text).not.toBe('');
  return problem;
}

const rows = adminOperations.map((operation) => ({ id: operationId(operation), ...operation }));
const pathOf = ({ path }: { readonly path: string }) => path.replace('{key}', writePathValue('nothing/like this'));

describe.each(rows)('F-D5 $id', (operation) => {
  const send = (token: string | undefined) => call(desk, operation.method, pathOf(operation), token);

  test('without a token is 401 with the challenge of this API, and recorded', async () => {
    const answer = await send(undefined);
    expect(answer.status).toBe(401);
    const metadata = `resource_metadata="${issuer}/.well-known/oauth-protected-resource/admin/api"`;
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer scope="gatehouse:admin/);
    expect(answer.headers.get('www-authenticate')).toContain(metadata);
    expect(answer.headers.get('www-authenticate')).not.toContain('error=');
    await problemOf(answer);
    expect(events).toMatchObject([{ type: 'admin.refused', decision: 'refused', reason: 'no_credential' }]);
  });

  test('with a token of an MCP server is 401', async () => {
    const answer = await send(tokens.foreign);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"');
    await problemOf(answer);
    expect(events).toMatchObject([{ type: 'admin.refused', reason: 'audience' }]);
  });

  test('with a token that was taken back is 401', async () => {
    const person = administrator();
    const { access_token, refresh_token } = await tokensOf(desk, person);
    const body = new URLSearchParams({ client_id: publicClient.clientId, token: refresh_token ?? '' });
    await desk.token.request(`${issuer}/revoke`, { method: 'POST', body });
    events.length = 0;
    expect((await send(access_token)).status).toBe(401);
    expect(events).toMatchObject([{ type: 'admin.refused', reason: 'grant_dead', sub: person.sub }]);
  });

  test('with the token of somebody who administers no more is 403', async () => {
    desk.administrators.groups = [];
    const answer = await send(tokens.admin);
    expect(answer.status).toBe(403);
    await problemOf(answer);
    expect(events).toMatchObject([{ type: 'admin.refused', reason: 'not_an_administrator' }]);
  });

  test(`as a reader ${operation.access === 'read' ? 'passes' : 'is 403, and recorded'}`, async () => {
    const answer = await send(tokens.reader);
    if (operation.access === 'read') return expect([200, 404]).toContain(answer.status);
    expect([answer.status, (await problemOf(answer)).type]).toEqual([403, 'urn:gatehouse:problem:forbidden']);
    expect(events).toMatchObject([{ type: 'admin.refused', reason: 'read_only' }]);
  });

  test(`as an administrator with a narrow token ${operation.access === 'read' ? 'passes' : 'is told what to ask'}`, async () => {
    const answer = await send(tokens.narrow);
    if (operation.access === 'read') return expect([200, 404]).toContain(answer.status);
    expect(answer.status).toBe(403);
    expect(answer.headers.get('www-authenticate')).toMatch(/error="insufficient_scope", scope="gatehouse:admin"/);
    await problemOf(answer);
    expect(events).toMatchObject([{ type: 'admin.refused', reason: 'insufficient_scope' }]);
  });

  test('as an administrator passes', async () => {
    const answer = await send(tokens.admin);
    expect([401, 403, 405, 415, 500]).not.toContain(answer.status);
    if (!answer.ok) await problemOf(answer);
  });

  test('takes no name that it does not know', async () => {
    const answer =
      operation.method === 'GET'
        ? await call(desk, 'GET', `${pathOf(operation)}?unknown=1`, tokens.admin)
        : await call(desk, operation.method, pathOf(operation), tokens.admin, { unknown: 1 });
    expect(answer.status).toBe(400);
    const { errors } = await problemOf(answer);
    expect(errors).toContainEqual({ field: 'unknown', message: expect.stringContaining('unknown here') });
    expect(events).toEqual([]);
  });

  test('the query holds nothing but filters', async () => {
    const body = operation.method === 'GET' ? undefined : {};
    const answer = await call(desk, operation.method, `${pathOf(operation)}?version=1`, tokens.admin, body);
    expect([answer.status, (await problemOf(answer)).errors?.[0]?.field]).toEqual([400, 'version']);
  });
});

describe('F-D5 credentials', () => {
  const list = (headers: Record<string, string>) => call(desk, 'GET', '/keys', undefined, undefined, headers);

  test.each([
    ['an API key', 'Bearer gh_dev_0123456789abcdef_x'],
    ['Basic', `Basic ${Buffer.from('a:b').toString('base64')}`],
    ['two tokens', 'Bearer a, Bearer b'],
    ['a bearer token by the DPoP scheme', 'DPoP token'],
    ['nothing after the scheme', 'Bearer '],
  ])('%s is 401', async (_, authorization) => {
    const value = authorization.replace('token', tokens.admin);
    expect((await list({ authorization: value })).status).toBe(401);
  });

  test.each(['x-api-key', 'cookie'])('%s does not stand for it', async (name) => {
    expect((await list({ [name]: tokens.admin })).status).toBe(401);
  });

  test('RS-06 a token in the query is none', async () => {
    expect((await call(desk, 'GET', `/keys?access_token=${tokens.admin}`, undefined)).status).toBe(401);
  });

  test('an ID token is none, though the same key signed it', async () => {
    const request = adminRequest({ scope: 'openid gatehouse:admin' });
    const { id_token } = (await tokensOf(desk, administrator(), request)) as unknown as { id_token: string };
    expect((await list({ authorization: `Bearer ${id_token}` })).status).toBe(401);
  });

  test('a token whose life is over is none', async () => {
    desk.clock.forward(3600);
    const answer = await call(desk, 'GET', '/keys', tokens.admin);
    desk.clock.forward(-3600);
    expect(answer.status).toBe(401);
    expect(events).toMatchObject([{ type: 'admin.refused', reason: 'expired' }]);
  });

  test('X-DPOP2 a token that is bound to a key needs a proof of that key for this call', async () => {
    const [key, other] = [await DpopKey.create(), await DpopKey.create()];
    const now = desk.clock.now();
    const proof = await key.prove({ method: 'POST', url: `${issuer}/token`, now });
    const code = (await walk(desk, administrator(), adminRequest())).searchParams.get('code') ?? '';
    const values = { grant_type: 'authorization_code', code, code_verifier: verifier };
    const { access_token: token } = (await (await askToken(desk, values, { dpop: proof })).json()) as Tokens;
    const at = { method: 'GET', url: `${issuer}/admin/api/keys`, now, accessToken: token };
    const send = (authorization: string, dpop?: string) =>
      list({ authorization, ...(dpop !== undefined && { dpop }) }).then(({ status }) => status);
    expect(await send(`DPoP ${token}`, await key.prove(at))).toBe(200);
    expect(await send(`Bearer ${token}`)).toBe(401);
    expect(await send(`DPoP ${token}`)).toBe(401);
    expect(await send(`DPoP ${token}`, await other.prove(at))).toBe(401);
    expect(await send(`DPoP ${token}`, await key.prove({ ...at, method: 'DELETE' }))).toBe(401);
    expect(await send(`DPoP ${token}`, await key.prove({ ...at, url: `${issuer}/admin/api/clients` }))).toBe(401);
  });
});

describe('F-D5 input', () => {
  const key = { name: 'Night', servers: ['todos'], permissions: ['read'], expires: '7d' };
  const make = (body: unknown, headers = {}) => call(desk, 'POST', '/keys', tokens.admin, body, headers);
  const count = async () =>
    ((await (await call(desk, 'GET', '/keys?limit=100', tokens.admin)).json()) as { items: unknown[] }).items.length;

  test.each<[string, unknown, string]>([
    ['a member too many', { ...key, color: 'red' }, 'color'],
    ['__proto__', '{"__proto__":{"name":"x"},"name":"a"}', '__proto__'],
    ['a number for a text', { ...key, name: 7 }, 'name'],
    ['null for a text', { ...key, name: null }, 'name'],
    ['a text for a list', { ...key, servers: 'todos' }, 'servers'],
    ['a list of numbers', { ...key, servers: [1] }, 'servers'],
    ['a text that is too long', { ...key, name: 'x'.repeat(61) }, 'name'],
    ['a list that is too long', { ...key, paths: Array.from({ length: 101 }, (_, at) => `p${at}`) }, 'paths'],
    ['a line break in a text', { ...key, name: 'a\nb' }, 'name'],
    ['a text that turns the line round', { ...key, name: 'a\u202Eb' }, 'name'],
    ['nothing where something is needed', { ...key, name: ' ' }, 'name'],
    ['no member at all', {}, 'servers'],
  ])('%s is told at the field, and nothing is written', async (_, body, field) => {
    const before = await count();
    const answer = await make(body);
    expect(answer.status).toBe(400);
    const problem = await problemOf(answer);
    expect(problem.type).toBe('urn:gatehouse:problem:invalid');
    expect(problem.errors?.map((one) => one.field)).toContain(field);
    for (const { message } of problem.errors ?? []) expect(message).toMatch(/^[A-Z].*\.$/);
    expect(await count()).toBe(before);
  });

  test.each<[string, unknown, Record<string, string>, number]>([
    ['a form', 'name=x', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['no type', '{}', { 'content-type': '' }, 415],
    ['a body beyond 64 KiB', { ...key, name: 'x'.repeat(65_536) }, {}, 413],
    ['broken JSON', '{"name":', {}, 400],
    ['an array', [key], {}, 400],
    ['a number', '7', {}, 400],
    ['null', 'null', {}, 400],
    ['bytes that are not UTF-8', '{"name":"\u0000"}', { 'content-length': '99999' }, 413],
    ['JSON as deep as a body can be', '['.repeat(60_000), {}, 400],
    ['an idempotency key with a space', key, { 'idempotency-key': 'a b' }, 400],
    ['an idempotency key that is too long', key, { 'idempotency-key': 'x'.repeat(201) }, 400],
  ])('%s is refused', async (_, body, headers, status) => {
    const before = await count();
    const answer = await make(body, headers);
    expect(answer.status).toBe(status);
    await problemOf(answer);
    expect(await count()).toBe(before);
  });

  test.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=1e2', 'limit'],
    ['limit=ten', 'limit'],
    ['limit=2&limit=3', 'limit'],
    ['cursor=nonsense', 'cursor'],
    [`cursor=${'x'.repeat(5000)}`, 'cursor'],
    [`owner=${'x'.repeat(201)}`, 'owner'],
  ])('a list with ?%s is told at the field', async (query, field) => {
    const answer = await call(desk, 'GET', `/keys?${query}`, tokens.admin);
    expect(answer.status).toBe(400);
    expect((await problemOf(answer)).errors?.map((one) => one.field)).toEqual([field]);
  });

  test('a query that is not UTF-8 is refused', async () => {
    expect((await call(desk, 'GET', '/keys?owner=%ff', tokens.admin)).status).toBe(400);
  });

  test('all that is wrong is told at once', async () => {
    const { errors = [] } = await problemOf(await make({ name: 1, servers: 2, permissions: ['read'], color: 3 }));
    expect(errors.map(({ field }) => field).sort()).toEqual(['color', 'expires', 'name', 'servers']);
  });
});

describe('F-D5 HTTP', () => {
  test.each([
    ['GET', '/nothing'],
    ['GET', '/keys/a/b'],
    ['GET', '/keys/'],
    ['GET', '/keys/~!'],
    ['GET', '/keys/~bm90aGluZw'],
    ['GET', '/Keys'],
    ['DELETE', '/constructor'],
  ])('%s %s is 404', async (method, path) => {
    const answer = await call(desk, method, path, tokens.admin);
    expect([answer.status, (await problemOf(answer)).type]).toEqual([404, 'about:blank']);
  });

  test.each([
    ['POST', '/sessions', 'GET, HEAD'],
    ['PUT', '/keys', 'GET, HEAD, POST'],
    ['DELETE', '/clients/x/secret', 'POST'],
    ['PATCH', '/keys', 'GET, HEAD, POST, PUT, DELETE'],
  ])('%s %s is 405 and says what works', async (method, path, allow) => {
    const answer = await call(desk, method, path, tokens.admin);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
    await problemOf(answer);
  });

  test('strangers do not learn which paths there are', async () => {
    for (const path of ['/nothing', '/keys']) expect((await call(desk, 'PUT', path, undefined)).status).toBe(401);
  });

  test('HEAD is a GET without a body', async () => {
    const answer = await call(desk, 'HEAD', '/keys', tokens.admin);
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });

  test('AS-10 has no CORS header, in success, error and preflight', async () => {
    const origin = { origin: 'https://evil.example' };
    const answers = [
      await call(desk, 'GET', '/keys', tokens.admin, undefined, origin),
      await call(desk, 'GET', '/keys', undefined, undefined, origin),
      await call(desk, 'OPTIONS', '/keys', undefined, undefined, { ...origin, 'access-control-request-method': 'GET' }),
      await desk.admin.request(`${issuer}/admin/openapi.json`, { headers: origin }),
    ];
    for (const { headers } of answers) {
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  test('an unexpected failure says nothing but its trace id, and is logged', async () => {
    const lines: unknown[] = [];
    const log = { info: () => {}, error: (...line: unknown[]) => void lines.push(line) };
    const app = new Hono();
    app.get('/', (context) => answerProblem(new Error('table Grants is gone'), context, { issuer, log }));
    const answer = await app.request('/', {}, { requestContext: { requestId: 'trace-1' } });
    expect(answer.status).toBe(500);
    expect(await answer.clone().text()).not.toContain('Grants');
    expect(await answer.json()).toMatchObject({
      status: 500,
      traceId: 'trace-1',
      type: `${issuer}/errors/server_error`,
    });
    expect(lines).toHaveLength(1);
  });
});

test('F-D5 a token stays good for as long as it says, and its refresh too', async () => {
  const { refresh_token, access_token } = await tokensOf(desk, administrator());
  const again = await askToken(desk, { grant_type: 'refresh_token', refresh_token });
  const { access_token: next } = (await again.json()) as { access_token: string };
  for (const token of [access_token, next]) expect((await call(desk, 'GET', '/keys', token)).status).toBe(200);
});
