import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routes } from '../../lambdas/contract/routes.ts';
import type { Route } from '../../lambdas/contract/route.ts';
import { createGuard } from '../../lambdas/http/guard.ts';
import { challenge, goodRequest, issuer, publicClient } from '../core/fixtures.ts';
import type { Desk } from '../http/desk.ts';
import { startDesk } from '../http/desk.ts';
import type { Scene } from '../mcp/scene.ts';
import { openScene } from '../mcp/scene.ts';
import { noKeys, now, publish, server } from '../resource/forge.ts';
import { holdProperty } from '../rig/hold-property.ts';
import { hostileJson, hostileText, mutated } from './hostile.ts';

let desk: Desk;
let scene: Scene;
beforeAll(async () => {
  [desk, scene] = await Promise.all([startDesk(), openScene()]);
});
afterAll(async () => {
  await Promise.all([desk.stop(), scene.stop()]);
});

const mark = '<img src=x onerror=alert(1)>"\'';
const values = fc.oneof(
  hostileText,
  fc.constant(mark),
  fc.constantFrom('authorization_code', 'refresh_token', 'S256', 'code', 'none'),
);
const names = [
  ...goodRequest().keys(),
  ...['code', 'grant_type', 'code_verifier', 'refresh_token', 'client_secret', 'client_assertion', 'request_uri'],
  ...[
    'client_assertion_type',
    'authorization_details',
    'prompt',
    'max_age',
    'nonce',
    'login_hint',
    'token',
    'user_code',
  ],
  ...[
    'transaction',
    'csrf',
    'decision',
    'device_code',
    'subject_token',
    'assertion',
    'dpop_jkt',
    'request',
    'error',
    'iss',
  ],
];
const params = fc.array(fc.tuple(fc.constantFrom(...names), values), { maxLength: 6 });
/** Header values that an HTTP client can send at all. */
const headerValue = values.map((value) =>
  value
    .replace(/[^\x20-\x7e]/g, '')
    .trim()
    .slice(0, 2000),
);
const headers = fc.dictionary(
  fc.constantFrom(
    'authorization',
    'cookie',
    'dpop',
    'origin',
    'sec-fetch-site',
    'content-type',
    'x-forwarded-host',
    'host',
  ),
  fc.oneof(
    headerValue,
    mutated('__Host-gatehouse-browser=AAAA; __Host-gatehouse-session=BBBB').map((text) =>
      text.replace(/[^\x20-\x7e]/g, ''),
    ),
  ),
  { maxKeys: 3 },
);
const request = fc.record({
  route: fc.constantFrom<Route[]>(...routes),
  segment: values.map((value) => encodeURIComponent(value.toWellFormed()).slice(0, 200)),
  rawSegment: fc.constantFrom('', '%', '%ff', '%e0%a4%a', '%00', '..', '%2e%2e', '%2f', '\\'),
  isGood: fc.boolean(),
  params,
  headers,
});

/** A request that is good but for what is strewn into it. */
function sent({ isGood, params: strewn }: { isGood: boolean; params: readonly (readonly [string, string])[] }): string {
  const base = new URLSearchParams(
    isGood ? goodRequest({ code_challenge: challenge }) : { client_id: publicClient.clientId },
  );
  for (const [name, value] of strewn) base.append(name, value);
  return base.toString();
}

describe('AS-41 AS-44 AS-60 whatever is sent to whatever endpoint', () => {
  test('is answered with less than 500, goes nowhere strange, and runs in no page', async () => {
    await holdProperty(
      request,
      async ({ route, segment, rawSegment, headers: extra, ...rest }) => {
        const text = sent(rest);
        if (text.length > 8000) return;
        const path = route.path.replace(/\{\w+\+?\}/, segment + rawSegment);
        const isForm = route.method === 'POST' || route.method === 'PUT';
        const body = isForm ? { body: route.path.startsWith('/register') ? JSON.stringify(rest) : text } : {};
        const type = route.path.startsWith('/register') ? 'application/json' : 'application/x-www-form-urlencoded';
        const url = `${issuer}${path}${isForm ? '' : `?${text}`}`;
        const init = { method: route.method, headers: { 'content-type': type, ...extra }, ...body };
        const start = performance.now();
        const answer = await desk[route.function].request(url, init);
        expect(performance.now() - start, 'milliseconds').toBeLessThan(1500);
        expect(answer.status, url).toBeLessThan(500);
        const page = await answer.text();
        expect(page).not.toContain('<img src=x');
        expect(page).not.toContain('<script');
        const location = answer.headers.get('location');
        if (location !== null) {
          const allowed = [...publicClient.redirectUris, issuer, 'https://idp.example/', '/'];
          expect(
            allowed.some((place) => location.startsWith(place)),
            location,
          ).toBe(true);
          expect(location).not.toMatch(/^\/\//);
        }
        // From the configured issuer, whatever Host says.
        if (answer.headers.get('content-type')?.includes('json'))
          expect(page).not.toMatch(/"error_uri":"(?!https:\/\/gate\.example\/)/);
      },
      { runs: 600, seconds: 3 },
    );
  });
});

describe('RS-01 RS-12 whatever is sent to the guard', () => {
  test('passes, or is refused in the one way that API Gateway knows', async () => {
    const guard = createGuard({
      issuer,
      servers: [server],
      ...noKeys,
      keys: publish([]),
      isAlive: async () => true,
      clock: { now: () => now },
      audit: { record: () => {} },
    });
    const lines = fc.option(fc.array(values, { maxLength: 3 }), { nil: undefined });
    const event = fc.record({
      path: fc.oneof(fc.constant(server.path), values),
      headers: fc.option(
        fc.dictionary(fc.constantFrom('Authorization', 'authorization', 'DPoP', 'X-API-Key', '__proto__'), values),
      ),
      multiValueHeaders: fc.option(
        fc.dictionary(
          fc.constantFrom('Authorization', 'DPoP', 'X-API-Key', 'Mcp-Method', 'Mcp-Name', '__proto__'),
          lines,
        ),
      ),
    });
    await holdProperty(
      event,
      async (given) => {
        const outcome = await guard({ ...given, httpMethod: 'POST', methodArn: 'arn' } as never).catch(
          (error: unknown) => error,
        );
        expect(outcome).toEqual(new Error('Unauthorized'));
      },
      { runs: 500, seconds: 1 },
    );
  });
});

describe('MS-02 MS-04 whatever is sent to an MCP server', () => {
  const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'list_todos', arguments: {} } };
  const json = fc.oneof(
    hostileJson,
    fc
      .dictionary(fc.constantFrom('jsonrpc', 'id', 'method', 'params', '__proto__'), hostileJson)
      .map((some) => ({ ...call, ...some })),
    fc
      .dictionary(fc.constantFrom('name', 'arguments', '_meta', '__proto__'), hostileJson)
      .map((some) => ({ ...call, params: some })),
    fc.array(fc.constant(call), { maxLength: 3 }),
  );
  const bodies = fc.oneof(
    json.map((value) => JSON.stringify(value) ?? ''),
    mutated(JSON.stringify(call)),
    hostileText,
  );

  test('is answered with less than 500, and ends', async () => {
    const type = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
    await holdProperty(
      bodies,
      async (body) => {
        const answer = await scene.send({ method: 'POST', body, headers: type });
        expect(answer.status, body.slice(0, 200)).toBeLessThan(500);
        await answer.text();
      },
      { runs: 300, seconds: 2 },
    );
  });

  test.each([
    ['nested arrays', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
    ['nested objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['nested arguments', JSON.stringify(call).replace('{}', `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`)],
    [
      'a nested _meta',
      JSON.stringify(call).replace('{}', `{},"_meta":{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`),
    ],
  ])('%s, as deep as a body may be, exhaust nothing', async (_name, body) => {
    const start = performance.now();
    const answer = await scene.send({ method: 'POST', body, headers: { 'content-type': 'application/json' } });
    await answer.text();
    expect(answer.status).toBeLessThan(500);
    expect(performance.now() - start, 'milliseconds').toBeLessThan(2000);
  });
});
