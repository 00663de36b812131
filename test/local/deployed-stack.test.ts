import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Runner } from '../../local/runner.ts';
import { createRunner } from '../../local/runner.ts';
import { synthesizeFixture, temporaryFolder } from './synthesize-fixture.ts';

/** The fixture stack (fixtures/app.ts), run as `npm start` runs a stack. */
let runner: Runner;
let baseUrl: string;
let controlUrl: string;
let mcpUrls: Readonly<Record<string, string>>;
const state = temporaryFolder();
const printed: string[] = [];
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

beforeAll(async () => {
  const app = await synthesizeFixture();
  runner = createRunner({ port: 0, state, fresh: false, app, log: 'text' }, (line) => void printed.push(line));
  const offer = await runner.start();
  ({ baseUrl, mcpUrls } = offer);
  controlUrl = `http://127.0.0.1:${offer.controlPort}`;
});

afterAll(() => runner?.stop());

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${baseUrl}${path}`, { headers });
// What the fixture's functions answer is looked at member by member.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const json = async (response: Response): Promise<any> => response.json();
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const eventOf = async (response: Response): Promise<any> => (await json(response)).event;

describe('start', () => {
  test('outputs name this machine', () => {
    expect(baseUrl).toMatch(/^http:\/\/localhost:\d+$/);
    expect(mcpUrls).toEqual({ 'todo-list': `${baseUrl}/things` });
  });

  test('a resource that cannot run is named in one line; nothing else is', () => {
    expect(printed.filter((line) => line.startsWith('unsupported'))).toEqual([
      'unsupported: Queue (AWS::SQS::Queue) does nothing here; what depends on it will not work',
    ]);
  });

  test('both loopback addresses answer', async () => {
    const { port } = new URL(baseUrl);
    for (const host of ['127.0.0.1', '[::1]']) expect((await fetch(`http://${host}:${port}/things`)).status).toBe(200);
  });

  test('another Host gets nothing, so that a rebound DNS name reaches no function', async () => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve) => {
      request(`${baseUrl}/things`, { headers: { host: 'evil.example' } }, (res) => resolve(res.statusCode)).end();
    });
    expect(status).toBe(403);
  });

  test('a custom resource was created before, and its attribute is in the environment of a function', async () => {
    const response = await fetch(`${baseUrl}/things`, { method: 'POST' });
    expect((await json(response)).environment.GREETING).toBe('Create:7');
    const kept = JSON.parse(readFileSync(join(state, 'custom-resources.json'), 'utf8'));
    expect(kept.Made).toMatchObject({ physicalId: 'made-once', properties: { number: '7', fail: 'false' } });
  });
});

describe('function', () => {
  test('has the environment of the template and nothing of the runner', async () => {
    process.env.SECRET_OF_THE_RUNNER = 'x';
    const { environment } = await json(await get('/things'));
    expect(environment).toMatchObject({
      ISSUER: baseUrl,
      TABLE_THINGS: expect.stringContaining('Things'),
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_ENDPOINT_URL_DYNAMODB: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      AWS_ACCESS_KEY_ID: expect.stringMatching(/^AKIALOCAL[0-9A-F]{11}$/),
    });
    expect(environment).not.toHaveProperty('SECRET_OF_THE_RUNNER');
    expect(environment).not.toHaveProperty('HOME');
  });

  test('has the context of Lambda', async () => {
    const { context } = await json(await get('/things'));
    expect(context).toMatchObject({ awsRequestId: expect.stringMatching(uuid), memoryLimitInMB: '256' });
    expect(context.remaining).toBeGreaterThan(20_000);
    expect(context.remaining).toBeLessThanOrEqual(30_000);
  });

  test('ten slow calls at once run in ten processes, and these are used again', async () => {
    const pidsOf = async (count: number): Promise<Set<number>> => {
      const answers = await Promise.all(Array.from({ length: count }, () => get('/things?sleep=1500')));
      return new Set(await Promise.all(answers.map(async (answer) => (await json(answer)).pid as number)));
    };
    const first = await pidsOf(10);
    expect(first.size).toBe(10);
    const again = (await json(await get('/things'))).pid;
    expect(first).toContain(again);
  });

  test('what it prints is one line an event, with the trace id of the request', async () => {
    const trace = (await get('/things?log=1')).headers.get('x-amzn-requestid') ?? '';
    await expect.poll(() => printed.filter((line) => line.includes(trace))).toHaveLength(2);
    const lines = printed.filter((line) => line.includes(trace));
    expect(lines[0]).toMatch(/^[\d:.]+ {2}Echo .* INFO {3}line one ⏎ line two {2}trace=/);
    expect(lines[1]).toMatch(/^[\d:.]+ {2}Echo .* WARN {3}structured {2}code=7 {2}trace=/);
  });
});

describe('REST API', () => {
  test('the event is the REST payload', async () => {
    const response = await fetch(`${baseUrl}/things/a%20b?x=1&x=2&y=%C3%A9+z`, { headers: { 'X-Own': 'v' } });
    const event = await eventOf(response);
    expect(event).toMatchObject({
      resource: '/things/{id}',
      path: '/things/a%20b',
      httpMethod: 'GET',
      pathParameters: { id: 'a b' },
      queryStringParameters: { x: '2', y: 'é z' },
      multiValueQueryStringParameters: { x: ['1', '2'], y: ['é z'] },
      stageVariables: null,
      body: null,
      isBase64Encoded: false,
    });
    expect(event.requestContext).toMatchObject({
      stage: 'prod',
      path: '/prod/things/a%20b',
      resourcePath: '/things/{id}',
      httpMethod: 'GET',
      requestId: response.headers.get('x-amzn-requestid'),
      identity: { sourceIp: expect.stringMatching(/^(127\.0\.0\.1|::1)$/) },
    });
    expect(event.requestContext.requestId).toMatch(uuid);
    const names = Object.keys(event.headers).map((name) => name.toLowerCase());
    expect(names).toContain('x-own');
    expect(names).not.toContain('connection');
  });

  test('a verb of its own wins over ANY; other verbs take ANY; the body arrives', async () => {
    const response = await fetch(`${baseUrl}/things`, { method: 'PUT', body: 'grüß dich' });
    const { event, environment } = await json(response);
    expect(environment.AWS_LAMBDA_FUNCTION_NAME).toContain('Echo2');
    expect(event).toMatchObject({ httpMethod: 'PUT', body: 'grüß dich', isBase64Encoded: false });
  });

  test('WWW-Authenticate of an integration is renamed; cookies stay apart', async () => {
    const response = await get('/things?challenge=1');
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBeNull();
    expect(response.headers.get('x-amzn-remapped-www-authenticate')).toBe('Bearer realm="x"');
    expect(response.headers.get('x-amzn-remapped-date')).toBe('yesterday');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(response.headers.get('content-type')).toBe('text/plain');
  });

  test('an unknown path is the gateway response of the API', async () => {
    const response = await get('/nope');
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ error: 'not_found', message: 'Missing Authentication Token' });
  });

  test('a preflight is answered without a function', async () => {
    const response = await fetch(`${baseUrl}/things`, { method: 'OPTIONS' });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-headers')).toBe('Authorization');
  });

  test.each(['throw', 'exit', 'malformed', 'large'])(
    'a function that fails (%s) is 502 and DEFAULT_5XX',
    async (how) => {
      const response = await get(`/things?${how}=1`);
      expect([response.status, response.headers.get('x-broken')]).toEqual([502, 'yes']);
      expect(await response.json()).toEqual({ message: 'Internal server error' });
    },
  );

  test('a function over its own timeout is killed: 504, and the next call gets a new process', async () => {
    const response = await get('/slow?sleep=5000');
    expect(response.status).toBe(504);
    expect((await get('/slow')).status).toBe(200);
    expect(printed.some((line) => line.includes('Task timed out after 1.00 seconds'))).toBe(true);
  });

  test('an integration over its timeout is 504', async () => {
    await get('/late');
    const response = await get('/late?sleep=1500');
    expect([response.status, await response.json()]).toEqual([504, { message: 'Endpoint request timed out' }]);
  });

  test('a body over 10 MB is 413', async () => {
    const response = await fetch(`${baseUrl}/things`, { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1) });
    expect(response.status).toBe(413);
  });
});

describe('authorizer', () => {
  test('Allow: its context reaches the function as texts', async () => {
    const event = await eventOf(await get('/guarded', { authorization: 'Bearer allow' }));
    expect(event.requestContext.authorizer).toMatchObject({
      principalId: 'alice',
      sub: 'alice',
      exp: '1700000000',
      admin: 'true',
    });
  });

  test('Unauthorized: 401 with the static challenge', async () => {
    const response = await get('/guarded');
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer resource_metadata="x"');
    expect(await response.json()).toEqual({ message: 'Unauthorized' });
  });

  test('Deny: 403 with the challenge of the authorizer and the template of the API', async () => {
    const response = await get('/guarded', { authorization: 'Bearer deny', 'x-asked': 'mine' });
    expect(response.status).toBe(403);
    expect(response.headers.get('www-authenticate')).toBe('Bearer error="insufficient_scope", scope="b"');
    expect(response.headers.get('x-asked')).toBe('mine');
    const body = await json(response);
    expect(body).toEqual({ error: 'insufficient_scope', trace_id: response.headers.get('x-amzn-requestid') });
  });

  test('an Allow for another method does not open this one', async () => {
    expect((await get('/guarded', { authorization: 'Bearer elsewhere' })).status).toBe(403);
  });

  test.each(['crash', 'nonsense'])('a broken authorizer (%s) is 500 and lets nobody in', async (how) => {
    const response = await get('/guarded', { authorization: `Bearer ${how}` });
    expect([response.status, await response.json()]).toEqual([500, { message: null }]);
  });
});

describe('stream', () => {
  const allowed = { authorization: 'Bearer allow' };

  test('the first part arrives before the last is written; headers are those of the metadata', async () => {
    const response = await get('/stream', allowed);
    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('www-authenticate')).toBeNull();
    expect(response.headers.get('x-amzn-remapped-www-authenticate')).toBe('Bearer');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    const parts: [string, number][] = [];
    for await (const part of response.body ?? []) parts.push([Buffer.from(part).toString(), Date.now()]);
    expect(parts.map(([text]) => text)).toEqual(['data: first\n\n', 'data: alice\n\n']);
    expect((parts[1]?.[1] ?? 0) - (parts[0]?.[1] ?? 0)).toBeGreaterThan(300);
  });

  test('a failure before the first byte is 502, after it a broken connection', async () => {
    expect((await get('/stream?broken=1', allowed)).status).toBe(502);
    const cut = await get('/stream?cut=1', allowed);
    await expect(cut.text()).rejects.toThrow();
  });
});

describe('front door', () => {
  test('a method that the behavior does not allow is 403', async () => {
    expect((await fetch(`${baseUrl}/things/special`, { method: 'POST' })).status).toBe(403);
    expect((await get('/things/special')).status).toBe(200);
  });

  test("the viewer's Host stays outside, everything else is forwarded", async () => {
    const event = await eventOf(await get('/things', { cookie: 'c=1', 'x-forwarded-for': '203.0.113.9' }));
    const header = (name: string) =>
      Object.entries(event.headers).find(([key]) => key.toLowerCase() === name)?.[1] as string;
    expect(header('host')).toMatch(/\.execute-api\.us-east-1\.amazonaws\.com$/);
    expect(header('cookie')).toBe('c=1');
    expect(header('x-forwarded-for')).toMatch(/^203\.0\.113\.9, /);
    expect((await get('/things')).headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('control port', () => {
  test('runs a schedule by hand', async () => {
    const { schedules } = await json(await fetch(`${controlUrl}/local`));
    expect(schedules).toEqual([expect.stringMatching(/^Nightly/)]);
    const response = await fetch(`${controlUrl}/local/schedules/${schedules[0]}`, { method: 'POST' });
    expect(await response.json()).toEqual({ outcomes: [{ kind: 'result', payload: '{"scheduled":true}' }] });
    expect((await fetch(`${controlUrl}/local/schedules/Other`, { method: 'POST' })).status).toBe(404);
  });

  test('sweeps expired items by hand', async () => {
    const response = await fetch(`${controlUrl}/local/sweep`, { method: 'POST' });
    expect(await response.json()).toEqual({ deleted: 0 });
  });

  test('is not for browsers', async () => {
    const response = await fetch(`${controlUrl}/local/sweep`, { method: 'POST', headers: { origin: baseUrl } });
    expect(response.status).toBe(403);
  });
});
