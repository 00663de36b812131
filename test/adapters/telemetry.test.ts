import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeError } from '../../lambdas/adapters/describe-error.ts';
import { scrub } from '../../lambdas/adapters/scrub.ts';
import { OAuthError } from '../../lambdas/core/errors.ts';

const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl-_x';
const refreshToken = 'gr_1b2c.c2FsdHNhbHQ.3.bWFjbWFjbWFj-_';
const code = 'gc_1b2c.c2FsdHNhbHQ.bWFjbWFjbWFj';
const apiKey = `gh_prod_AbCdEf0123456789_${'AbCdEf0'.repeat(7)}`;

describe('what a line is', () => {
  let lines: Record<string, unknown>[] = [];

  beforeAll(async () => {
    // Powertools writes to the process's own streams, so a process of its own shows what Lambda would see.
    const script = fileURLToPath(new URL('./write-log-lines.ts', import.meta.url));
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [script]);
    lines = (stdout + stderr)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  });

  const line = (message: string) => lines.find((candidate) => candidate['message'] === message);

  test('one JSON object an event, with level, function, time and fields', () => {
    expect(line('request answered')).toEqual({
      level: 'INFO',
      message: 'request answered',
      function: 'token',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      traceId: 'request-1',
      method: 'POST',
      path: '/token',
      status: 200,
      milliseconds: 12,
    });
  });

  test('the trace id is that of the invocation, also after an await and in parallel', () => {
    expect(line('first')).toMatchObject({ traceId: 'request-2' });
    expect(line('second')).toMatchObject({ traceId: 'request-3' });
    expect(line('outside')).not.toHaveProperty('traceId');
  });

  test('each level names itself, and debug is off by default', () => {
    expect(line('warned')).toMatchObject({ level: 'WARN' });
    expect(line('failed')).toMatchObject({ level: 'ERROR' });
    expect(line('too much')).toBeUndefined();
  });

  test('an audit event is a line of its own', () => {
    expect(line('audit')).toMatchObject({
      type: 'grant.revoked',
      gid: 'gid-1',
      clientId: 'client-1',
      reason: 'replay',
    });
  });

  test('F-G3 an audit event says when, where from and by what, and nothing that is not on the list', () => {
    const events = lines.filter((candidate) => candidate['message'] === 'audit');
    expect(events[1]).toEqual({
      level: 'INFO',
      message: 'audit',
      function: 'token',
      timestamp: expect.any(String),
      traceId: 'request-4',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      type: 'tool.refused',
      decision: 'refused',
      tool: 'wipe',
      scopes: 'a b',
      address: '203.0.113.9',
      connection: '198.51.100.1',
      userAgent: `browser${'x'.repeat(193)}`,
    });
    expect(events[0]).toMatchObject({ decision: 'allowed' });
    expect(events[0]!['id']).not.toBe(events[1]!['id']);
    expect(line('not audited')).not.toHaveProperty('address');
  });

  test('a line break in a field starts no new line', () => {
    expect(line('forged')).toMatchObject({ path: '/a\n{"level":"ERROR"}' });
  });

  test('AS-73 fields that are not on the list are left out, wherever they come from', () => {
    expect(line('sneaky')).toEqual({
      level: 'INFO',
      message: 'sneaky',
      function: 'token',
      timestamp: expect.any(String),
      clientId: 'client-1',
    });
    expect(JSON.stringify(lines)).not.toMatch(/hunter2|bWFj|c2ln/);
  });
});

describe('what a line says of an error', () => {
  test('of a refusal its code, its reason and its cause, and not its message', () => {
    const cause = new TypeError('the store is closed');
    const error = new OAuthError('invalid_grant', 'the code was used', { reason: 'code_spent', cause });
    expect(describeError(error)).toMatchObject({
      name: 'OAuthError',
      code: 'invalid_grant',
      reason: 'code_spent',
      cause: { name: 'TypeError', message: 'the store is closed' },
    });
    expect(describeError(error)).not.toHaveProperty('message');
  });

  test('of any other error its name, its message and where it was thrown', () => {
    const described = describeError(new RangeError('too far'));
    expect(described).toMatchObject({ name: 'RangeError', message: 'too far' });
    expect(described.at?.[0]).toMatch(/^at .*telemetry\.test\.ts/);
  });

  test('AS-73 nothing of what else it carries', () => {
    const cause = Object.assign(new Error(`upstream said {"refresh_token":"${refreshToken}"}`), {
      config: { headers: { authorization: `Bearer ${jwt}` } },
      response: { body: `access_token=${jwt}` },
      body: refreshToken,
      parameters: new URLSearchParams({ code, code_verifier: 'hunter2hunter2' }),
    });
    const error = Object.assign(new Error(`POST /token?code=${code}&state=xyz123 failed`, { cause }), {
      token: jwt,
      code: `code is ${code}`,
      [Symbol('secret')]: jwt,
    });
    const written = JSON.stringify(describeError(error));
    for (const secret of ['eyJ', 'bWFj', 'c2FsdH', 'hunter2', 'xyz123', 'authorization']) {
      expect(written).not.toContain(secret);
    }
  });

  test('a thrown value that is no error, and a chain without end', () => {
    expect(describeError(jwt)).toEqual({ name: 'string' });
    const loop = new Error('loop');
    loop.cause = loop;
    expect(JSON.stringify(describeError(loop)).length).toBeLessThan(10_000);
  });
});

test.each([
  `Bearer ${jwt}`,
  `Authorization: Basic Z2F0ZWhvdXNlOnNlY3JldA==`,
  `got ${code}.`,
  `${refreshToken}`,
  `{"client_secret": "c2VjcmV0LXNlY3JldA"}`,
  `id_token=${jwt}&state=c2VjcmV0`,
  `code_verifier: c2VjcmV0LXNlY3JldA`,
  `password='c2VjcmV0'`,
  `${apiKey} is wrong`,
  `/mcp/${apiKey}`,
  `cut: ${apiKey.slice(0, 40)}`,
  `X-API-Key: c2VjcmV0`,
  `{"apiKey":"c2VjcmV0"}`,
])('AS-73 a secret in a sentence is blacked out: %s', (sentence) => {
  expect(scrub(sentence)).toContain('[redacted]');
  expect(scrub(sentence)).not.toMatch(/c2VjcmV0|Z2F0|bWFj|eyJ|AbCdEf/);
});

test('plain sentences stay as they are', () => {
  for (const sentence of ['the provider cannot be reached', 'TABLE_GRANTS: expected string', '/errors/invalid_grant']) {
    expect(scrub(sentence)).toBe(sentence);
  }
});
