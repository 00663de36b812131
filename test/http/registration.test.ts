import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issuer } from '../core/fixtures.ts';
import { largestBody } from '../../lambdas/http/read-body.ts';
import { registrationApp } from '../../lambdas/http/registration-app.ts';
import type { Desk } from './desk.ts';
import { startDesk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const json = { 'content-type': 'application/json' };
const post = (body: BodyInit, headers: Record<string, string> = json) =>
  desk.registration.request(`${issuer}/register`, { method: 'POST', body, headers });

const metadata = {
  client_name: 'A client',
  redirect_uris: ['http://127.0.0.1:3000/callback'],
  token_endpoint_auth_method: 'none',
};

test('AS-31 a registration is 201, echoed, not stored, readable by browsers', async () => {
  const answer = await post(JSON.stringify(metadata));
  expect(answer.status).toBe(201);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect(await answer.json()).toMatchObject({ ...metadata, client_id: expect.any(String) as unknown });
});

describe('AS-32 errors are 400 in JSON', () => {
  test.each([
    [
      'no redirect URI that can be used',
      { ...metadata, redirect_uris: ['http://evil.example/cb'] },
      'invalid_redirect_uri',
    ],
    ['a script', { ...metadata, redirect_uris: ['javascript:alert(1)'] }, 'invalid_redirect_uri'],
    ['a name that is no text', { ...metadata, client_name: 7 }, 'invalid_client_metadata'],
    ['an array', [metadata], 'invalid_client_metadata'],
    ['null', null, 'invalid_client_metadata'],
  ])('%s', async (_name, body, error) => {
    const answer = await post(JSON.stringify(body));
    expect(answer.status).toBe(400);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.json()).toMatchObject({ error, error_uri: `${issuer}/errors/${error}` });
  });

  test.each([
    ['{"client_name":\n "x",\n oops}', 'line 3'],
    ['{"client_name"', 'line 1'],
    ['', 'empty'],
    ['redirect_uris=x', 'line 1, column 1'],
  ])('malformed JSON %j says where', async (body, place) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    const { error, error_description } = (await answer.json()) as Record<string, string>;
    expect(error).toBe('invalid_client_metadata');
    expect(error_description).toContain(place);
  });

  test.each([
    ['arrays', '['.repeat(20_000) + ']'.repeat(20_000)],
    ['objects', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
  ])('%s without end are refused', async (_name, body) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: 'invalid_client_metadata' });
  });
});

test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])(
  '%s is 415',
  async (contentType) => {
    const answer = await post(JSON.stringify(metadata), { 'content-type': contentType });
    expect(answer.status).toBe(415);
    expect(await answer.json()).toMatchObject({ error: 'invalid_request' });
  },
);

test('a body beyond 64 KiB is 413', async () => {
  const answer = await post(JSON.stringify({ ...metadata, client_name: 'x'.repeat(largestBody) }));
  expect(answer.status).toBe(413);
});

test('is 403 in JSON where the administrator switched it off, and stores nothing', async () => {
  const settings = { registration: { dynamic: false } };
  const clients = { register: () => Promise.reject(new Error('must not be called')), find: async () => undefined };
  const app = registrationApp({ ...desk.deps, clients, registry: desk.registry, settings });
  const answer = await app.request('/register', { method: 'POST', body: JSON.stringify(metadata), headers: json });
  expect(answer.status).toBe(403);
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  const { error_description } = (await answer.json()) as Record<string, string>;
  expect(error_description).toContain('administrator');
});
