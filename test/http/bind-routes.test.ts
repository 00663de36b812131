import { describe, expect, test } from 'vitest';
import type { RoutedFunction } from '../../lambdas/contract/route.ts';
import { routes } from '../../lambdas/contract/routes.ts';
import type { Answer, Handlers } from '../../lambdas/http/bind-routes.ts';
import { bindRoutes, honoPath } from '../../lambdas/http/bind-routes.ts';
import { OAuthError } from '../../lambdas/core/errors.ts';

const lines: unknown[] = [];
const log = { info: () => undefined, error: (...line: unknown[]) => void lines.push(line) };
const binding = { issuer: 'https://gate.example', log };
const ok = () => new Response('ok');

/** One answer for every route of a function, however many there are. */
function everyRoute<F extends RoutedFunction>(name: F, answer: Answer): Handlers<F> {
  const own = routes.filter((route) => route.function === name);
  return Object.fromEntries(own.map(({ method, path }) => [`${method} ${path}`, answer])) as unknown as Handlers<F>;
}

const interaction = everyRoute('interaction', ok);

const app = bindRoutes('token', everyRoute('token', fail), binding);

function fail(): Response {
  throw new Error('secret inside');
}

describe('the compiler demands exactly the handlers of the route table', () => {
  test('a missing one', () => {
    const { 'POST /consent': _left, ...rest } = interaction;
    // @ts-expect-error POST /consent is missing
    expect(() => bindRoutes('interaction', rest, binding)).toThrow('no handler for POST /consent');
  });

  test('one too many', () => {
    const all = everyRoute('token', ok);
    // @ts-expect-error the token function has no GET /token
    expect(bindRoutes('token', { ...all, 'GET /token': ok }, binding)).toBeDefined();
  });

  test("another function's", () => {
    // @ts-expect-error POST /register belongs to registration
    expect(() => bindRoutes('token', { 'POST /register': ok }, binding)).toThrow();
  });
});

test("API Gateway's parameters become Hono's", () => {
  expect(honoPath('/errors/{code}')).toBe('/errors/:code');
  expect(honoPath('/.well-known/x/{server+}')).toBe('/.well-known/x/:server{.+}');
  expect(honoPath('/token')).toBe('/token');
});

test('every path of the table is plain but for whole-segment parameters', () => {
  for (const { path } of routes) expect(honoPath(path)).toMatch(/^(\/(:\w+(\{\.\+\})?|[\w.-]+))+$/);
});

describe('other verbs and paths', () => {
  test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])('%s /token is 405 with Allow, in JSON', async (method) => {
    const answer = await app.request('/token', { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    if (method === 'HEAD') return;
    expect(await answer.json()).toEqual({
      error: 'invalid_request',
      error_description: 'use POST',
      error_uri: 'https://gate.example/errors/invalid_request',
    });
  });

  test('HEAD works where GET does, without a body', async () => {
    const head = await bindRoutes('interaction', interaction, binding).request('/callback', { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
  });

  test('a path with GET and POST allows both, and HEAD', async () => {
    const answer = await bindRoutes('interaction', interaction, binding).request('/consent', { method: 'PUT' });
    expect(answer.headers.get('allow')).toBe('GET, HEAD, POST');
  });

  test.each(['/', '/tokens', '/TOKEN', '/token/x', '//token'])('%s is 404 in JSON', async (path) => {
    const answer = await app.request(`https://gate.example${path}`, { method: 'POST' });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });
});

test('a slash at the end does not matter', async () => {
  const lenient = bindRoutes('interaction', interaction, binding);
  expect((await lenient.request('/callback/')).status).toBe(200);
});

describe('AS-09 cross-origin calls', () => {
  test('a public path answers a preflight without credentials', async () => {
    const answer = await app.request('/token', { method: 'OPTIONS', headers: { origin: 'https://any.example' } });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-methods')).toContain('POST');
    expect(answer.headers.get('access-control-allow-headers')).toContain('MCP-Protocol-Version');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  });

  test('errors are readable too, even unexpected ones', async () => {
    const answer = await app.request('/token', { method: 'POST' });
    expect(answer.status).toBe(500);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate');
  });

  test('AS-10 a path without CORS answers a preflight with 405 and no CORS header', async () => {
    const answer = await bindRoutes('interaction', interaction, binding).request('/authorize', { method: 'OPTIONS' });
    expect(answer.status).toBe(405);
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('errors', () => {
  test('an unexpected one is server_error with the trace id; its inside goes to the log only', async () => {
    const env = { requestContext: { requestId: 'trace-7' } };
    const answer = await app.request('/token', { method: 'POST' }, env);
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(JSON.parse(text)).toMatchObject({ error: 'server_error', trace_id: 'trace-7' });
    expect(text).not.toContain('secret inside');
    expect(lines.at(-1)).toMatchObject(['request failed', { error: { cause: { message: 'secret inside' } } }]);
  });

  const statuses = [
    ['invalid_request', 400],
    ['invalid_grant', 400],
    ['invalid_target', 400],
    ['unsupported_grant_type', 400],
    ['invalid_client', 401],
    ['temporarily_unavailable', 503],
    ['server_error', 500],
  ] as const;
  test.each(statuses)('AS-62 %s is %i, not stored', async (code, status) => {
    const refuse = () => {
      throw new OAuthError(code, 'because');
    };
    const answer = await bindRoutes('token', everyRoute('token', refuse), binding).request('/token', {
      method: 'POST',
    });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('pragma')).toBe('no-cache');
    expect(answer.headers.get('www-authenticate')).toBeNull();
    expect(await answer.json()).toMatchObject({
      error: code,
      error_description: 'because',
      error_uri: `https://gate.example/errors/${code}`,
    });
  });

  test('AS-62 invalid_client names Basic if the Authorization header was used', async () => {
    const refuse = () => {
      throw new OAuthError('invalid_client', 'wrong secret');
    };
    const answer = await bindRoutes('token', everyRoute('token', refuse), binding).request('/token', {
      method: 'POST',
      headers: { authorization: 'Basic eDp5' },
    });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm="https:\/\/gate\.example"/);
  });
});
