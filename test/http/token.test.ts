import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { form, goodRequest, issuer, publicClient, secret, verifier } from '../core/fixtures.ts';
import { largestBody } from '../../lambdas/http/read-body.ts';
import type { Desk } from './desk.ts';
import { startDesk } from './desk.ts';
import { InProcessBrowser, locationOf } from './in-process-browser.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const type = 'application/x-www-form-urlencoded';
const post = (body: BodyInit, headers: Record<string, string> = { 'content-type': type }) =>
  desk.token.request(`${issuer}/token`, { method: 'POST', body, headers });

async function authorized(): Promise<string> {
  const browser = new InProcessBrowser(desk.interaction);
  const { page } = await browser.arrive(goodRequest());
  // Remembered from an earlier test: there was no page.
  const answer =
    page.status === 200 ? await browser.post('/consent', await InProcessBrowser.answer(page, 'allow')) : page;
  return locationOf(answer).searchParams.get('code') ?? '';
}

test('AS-61 a code becomes tokens: JSON, not stored, readable by browsers', async () => {
  const request = form({
    grant_type: 'authorization_code',
    code: await authorized(),
    client_id: publicClient.clientId,
    redirect_uri: 'https://client.example/cb',
    code_verifier: verifier,
  });
  const answer = await post(request.toString());
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('pragma')).toBe('no-cache');
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect(await answer.json()).toMatchObject({ token_type: 'Bearer', access_token: expect.any(String) as unknown });
});

describe('AS-60 the body is a form', () => {
  test.each(['application/json', 'multipart/form-data; boundary=x', 'text/plain', `${type}x`])(
    '%s is 415 in JSON',
    async (contentType) => {
      const answer = await post('grant_type=refresh_token', { 'content-type': contentType });
      expect(answer.status).toBe(415);
      expect(await answer.json()).toMatchObject({ error: 'invalid_request' });
    },
  );

  test('a charset and capitals are fine', async () => {
    const answer = await post('grant_type=x', { 'content-type': 'Application/X-WWW-Form-Urlencoded; charset=UTF-8' });
    expect(answer.status).not.toBe(415);
  });

  test('a body beyond 64 KiB is 413', async () => {
    const answer = await post(`grant_type=${'x'.repeat(largestBody)}`);
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ error: 'invalid_request' });
  });

  test('a body that claims to be larger is not read', async () => {
    const answer = await post('grant_type=x', { 'content-type': type, 'content-length': String(largestBody + 1) });
    expect(answer.status).toBe(413);
  });

  test.each([
    ['percent-encoding', 'grant_type=refresh_token&refresh_token=%zz'],
    ['encoded bytes that are not UTF-8', 'grant_type=refresh_token&refresh_token=%ff%fe'],
  ])('broken %s is refused by name', async (_name, body) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    const { error, error_description } = (await answer.json()) as Record<string, string>;
    expect(error).toBe('invalid_request');
    expect(error_description).toContain('refresh_token');
  });

  test('raw bytes that are not UTF-8 are refused', async () => {
    const answer = await post(Buffer.from([0x61, 0x3d, 0xff, 0xfe]));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: 'invalid_request' });
  });

  test('a repeated parameter is refused by name', async () => {
    const answer = await post('grant_type=authorization_code&grant_type=refresh_token');
    expect(answer.status).toBe(400);
    const { error_description } = (await answer.json()) as Record<string, string>;
    expect(error_description).toContain('grant_type');
  });

  test('parameters in the query do not count', async () => {
    const query = form({ grant_type: 'refresh_token', client_id: publicClient.clientId }).toString();
    const answer = await desk.token.request(`${issuer}/token?${query}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: '',
    });
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as Record<string, string>)['error']).toMatch(/invalid_request|invalid_client/);
  });
});

describe('AS-62 errors', () => {
  test('an unknown grant type is 400 unsupported_grant_type', async () => {
    const answer = await post(form({ grant_type: 'password', client_id: publicClient.clientId }).toString());
    expect(answer.status).toBe(400);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.json()).toMatchObject({ error: 'unsupported_grant_type' });
  });

  test('a wrong secret by Basic is 401 with WWW-Authenticate: Basic', async () => {
    const authorization = `Basic ${btoa(`client-2:wrong`)}`;
    const answer = await post('grant_type=refresh_token&refresh_token=x', { 'content-type': type, authorization });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
    expect(answer.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate');
    expect(JSON.stringify(desk.lines)).not.toContain(secret);
  });

  test('an unknown client without the header is 401 without the challenge', async () => {
    const answer = await post('grant_type=refresh_token&refresh_token=x&client_id=nobody');
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBeNull();
    expect(await answer.json()).toMatchObject({
      error: 'invalid_client',
      error_uri: `${issuer}/errors/invalid_client`,
    });
  });

  test('what a client sent is not repeated', async () => {
    const marker = '<script>alert(1)</script>';
    const answer = await post(form({ grant_type: marker, client_id: marker }).toString());
    expect(await answer.text()).not.toContain(marker);
  });
});
