import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { confidentialClient, form, goodRequest, issuer, secret } from '../core/fixtures.ts';
import type { Desk } from './desk.ts';
import { startDesk } from './desk.ts';
import { InProcessBrowser, locationOf } from './in-process-browser.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const push = (body: URLSearchParams | string, headers: Record<string, string> = {}) =>
  desk.token.request(`${issuer}/par`, { method: 'POST', body, headers });

async function requestUri(): Promise<string> {
  return ((await (await push(goodRequest())).json()) as { request_uri: string }).request_uri;
}

const authorize = (values: Record<string, string>) =>
  new InProcessBrowser(desk.interaction).get(`/authorize?${form(values).toString()}`);

describe('AS-53 POST /par', () => {
  test('is answered 201 in JSON, and not stored', async () => {
    const answer = await push(goodRequest());
    expect(answer.status).toBe(201);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(await answer.json()).toMatchObject({ expires_in: 120 });
  });

  test('takes Basic like the token endpoint, and names it where it was wrong (AS-62)', async () => {
    const basic = (password: string) => ({
      authorization: `Basic ${Buffer.from(`${confidentialClient.clientId}:${password}`).toString('base64')}`,
    });
    const body = goodRequest({ client_id: undefined });
    expect((await push(body, basic(secret))).status).toBe(201);
    const wrong = await push(body, basic('wrong'));
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get('www-authenticate')).toMatch(/^Basic /);
  });

  test.each([
    ['another redirect URI', goodRequest({ redirect_uri: 'https://evil.example/cb' }), 'invalid_request'],
    ['a request_uri', goodRequest({ request_uri: 'urn:x' }), 'invalid_request'],
    ['a request object', goodRequest({ request: 'x' }), 'request_not_supported'],
    ['an unknown resource', goodRequest({ resource: 'https://x.example' }), 'invalid_target'],
  ])('refuses %s in JSON with error_uri, and redirects nobody', async (_name, body, error) => {
    const answer = await push(body);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('location')).toBeNull();
    expect(await answer.json()).toMatchObject({ error, error_uri: `${issuer}/errors/${error}` });
  });

  test('takes forms by POST only', async () => {
    expect((await push('{}', { 'content-type': 'application/json' })).status).toBe(415);
    const answer = await desk.token.request(`${issuer}/par`);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  });
});

describe('AS-53 GET /authorize with a request_uri', () => {
  test('goes on to sign-in, once', async () => {
    const values = { client_id: 'client-1', request_uri: await requestUri() };
    expect(locationOf(await authorize(values)).host).toBe('idp.example');
    const again = await authorize(values);
    expect(again.status).toBe(400);
    expect(again.headers.get('location')).toBeNull();
    const page = await again.text();
    expect(page).toContain('This link is over');
    expect(page).toContain('request_uri is unknown, expired or was used before');
    expect(page).toContain(`${issuer}/errors/invalid_request_uri`);
  });

  test('a reloaded consent page still counts', async () => {
    const browser = new InProcessBrowser(desk.interaction);
    const { path } = await browser.arrive(form({ client_id: 'client-1', request_uri: await requestUri() }));
    expect(path).toMatch(/^\/consent/);
    expect((await browser.get(path)).status).toBe(200);
    const fields = await InProcessBrowser.answer(await browser.get(path), 'allow');
    const { searchParams } = locationOf(await browser.post('/consent', fields));
    expect(searchParams.has('code')).toBe(true);
    expect(searchParams.getAll('iss')).toEqual([issuer]);
  });

  test.each([
    ['of another client', { client_id: confidentialClient.clientId }],
    ['without a client', {}],
    ['that points elsewhere', { client_id: 'client-1', request_uri: 'https://evil.example/request' }],
  ])('%s redirects nobody, wherever the browser says', async (_name, values) => {
    const sent = { request_uri: await requestUri(), redirect_uri: 'https://client.example/cb', ...values };
    const answer = await authorize(sent);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('location')).toBeNull();
  });
});
