import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authorizationServerMetadata } from '../../lambdas/core/metadata.ts';
import { endpointUrls } from '../../lambdas/http/endpoint-urls.ts';
import { interactionApp } from '../../lambdas/http/interaction-app.ts';
import {
  confidentialClient,
  form,
  goodRequest,
  issuer,
  publicClient,
  secret,
  servers,
  verifier,
} from '../core/fixtures.ts';
import { DpopKey } from '../rig/dpop-key.ts';
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

describe('X-DPOP1 RFC 9449 §10.1 a pushed request with a proof', () => {
  const url = `${issuer}/par`;
  const prove = (key: DpopKey, at = url) => key.prove({ method: 'POST', url: at, now: desk.clock.now() });

  async function redeem(requestUriGiven: string, key?: DpopKey) {
    const browser = new InProcessBrowser(desk.interaction);
    const { path, page } = await browser.arrive(
      form({ client_id: publicClient.clientId, request_uri: requestUriGiven }),
    );
    // Remembered from an earlier request: the browser is at the client already.
    const landing = path.startsWith('/consent')
      ? locationOf(await browser.post('/consent', await InProcessBrowser.answer(page, 'allow')))
      : new URL(path, issuer);
    const body = form({
      grant_type: 'authorization_code',
      code: landing.searchParams.get('code') ?? '',
      client_id: publicClient.clientId,
      code_verifier: verifier,
    });
    const headers: Record<string, string> = key ? { DPoP: await prove(key, `${issuer}/token`) } : {};
    const redeemed = await desk.token.request(`${issuer}/token`, { method: 'POST', body, headers });
    return (await redeemed.json()) as Record<string, unknown>;
  }

  test('binds the code to its key, as dpop_jkt would', async () => {
    const [key, other] = await Promise.all([DpopKey.create(), DpopKey.create()]);
    for (const [prover, expected] of [
      [undefined, { error: 'invalid_grant' }],
      [other, { error: 'invalid_grant' }],
      [key, { token_type: 'DPoP' }],
    ] as const) {
      const pushed = await push(goodRequest(), { DPoP: await prove(key) });
      expect(pushed.status).toBe(201);
      const { request_uri } = (await pushed.json()) as { request_uri: string };
      expect(await redeem(request_uri, prover)).toMatchObject(expected);
    }
  });

  test('is refused if dpop_jkt names another key, and taken if it names the same', async () => {
    const key = await DpopKey.create();
    const wrong = await push(goodRequest({ dpop_jkt: 'k'.repeat(43) }), { DPoP: await prove(key) });
    expect(await wrong.json()).toMatchObject({ error: 'invalid_request' });
    const same = await push(goodRequest({ dpop_jkt: key.jkt }), { DPoP: await prove(key) });
    expect(same.status).toBe(201);
  });

  test('is refused with a proof for the token endpoint, or one that was used', async () => {
    const key = await DpopKey.create();
    const elsewhere = await push(goodRequest(), { DPoP: await prove(key, `${issuer}/token`) });
    expect(await elsewhere.json()).toMatchObject({ error: 'invalid_dpop_proof' });
    const proof = await prove(key);
    expect((await push(goodRequest(), { DPoP: proof })).status).toBe(201);
    expect(await (await push(goodRequest(), { DPoP: proof })).json()).toMatchObject({ error: 'invalid_dpop_proof' });
  });
});

describe('RFC 9126 §5 the prop requirePushedAuthorizationRequests', () => {
  test('reaches the authorization endpoint: plain parameters are the client’s error, with iss', async () => {
    const settings = { ...desk.deps.settings, requirePushedAuthorizationRequests: true };
    const strict = new InProcessBrowser(interactionApp({ ...desk.deps, settings }));
    const { searchParams } = locationOf(await strict.get(`/authorize?${goodRequest().toString()}`));
    expect(searchParams.get('error')).toBe('invalid_request');
    expect(searchParams.get('error_description')).toContain('/par');
    expect(searchParams.getAll('iss')).toEqual([issuer]);
    const pushed = form({ client_id: 'client-1', request_uri: await requestUri() });
    expect(locationOf(await strict.get(`/authorize?${pushed.toString()}`)).host).toBe('idp.example');
  });

  test.each([
    [undefined, false],
    [true, true],
  ])('given as %s the metadata say %s', (given, said) => {
    const endpoints = endpointUrls(issuer, { registration: { dynamic: true } });
    const metadata = authorizationServerMetadata({
      issuer,
      endpoints,
      servers,
      requirePushedAuthorizationRequests: given,
    });
    expect(metadata).toMatchObject({
      pushed_authorization_request_endpoint: `${issuer}/par`,
      require_pushed_authorization_requests: said,
    });
  });
});
