import { describe, expect, inject, test } from 'vitest';
import type { Parameters } from '../rig/oauth-client.ts';
import { OAuthClient } from '../rig/oauth-client.ts';
import { Person } from '../rig/person.ts';

const { baseUrl } = inject('gatehouse');

/** RFC 9207 §2: once, and byte for byte the issuer of the metadata. */
function expectIssuer(landing: URL, state: string): void {
  expect(landing.searchParams.getAll('iss')).toEqual([baseUrl]);
  expect(landing.searchParams.getAll('state')).toEqual([state]);
  expect(landing.searchParams.has('code')).toBe(!landing.searchParams.has('error'));
}

describe('AS-46 iss is on every answer of the authorization endpoint', () => {
  test.each<[string, Parameters]>([
    ['invalid_request', { code_challenge: undefined }],
    ['invalid_request', { code_challenge_method: 'plain' }],
    ['invalid_request', { response_type: undefined }],
    ['unsupported_response_type', { response_type: 'token' }],
    ['invalid_scope', { scope: 'nothing:here' }],
    ['invalid_target', { resource: 'https://other.example/mcp' }],
    ['invalid_target', { resource: 'not a url' }],
    ['invalid_authorization_details', { authorization_details: '[{"type":"unknown"}]' }],
    ['invalid_authorization_details', { authorization_details: '{' }],
    ['request_not_supported', { request: 'e30.e30.' }],
    ['login_required', { prompt: 'none' }],
  ])('%s by %j', async (error, parameters) => {
    const client = await OAuthClient.register(baseUrl);
    const attempt = client.start(parameters);
    const stop = await new Person().open(attempt.url);
    expect(stop.left).toBe(true);
    expect(stop.url.searchParams.get('error')).toBe(error);
    expectIssuer(stop.url, attempt.state);
  });

  test('access_denied, where the person says no', async () => {
    const attempt = (await OAuthClient.register(baseUrl)).start();
    const landing = await new Person().authorize(attempt.url, 'deny');
    expect(landing.searchParams.get('error')).toBe('access_denied');
    expectIssuer(landing, attempt.state);
  });

  test('a code from the page, a code from memory, consent_required', async () => {
    const client = await OAuthClient.register(baseUrl);
    const person = new Person();
    const first = client.start({ scope: 'todo:read' });
    expectIssuer(await person.authorize(first.url), first.state);
    const second = client.start({ scope: 'todo:read', prompt: 'none' });
    const landing = await person.authorize(second.url);
    expect(landing.searchParams.has('code')).toBe(true);
    expectIssuer(landing, second.state);
    const third = client.start({ scope: 'todo:write', prompt: 'none' });
    const refused = await person.authorize(third.url);
    expect(refused.searchParams.get('error')).toBe('consent_required');
    expectIssuer(refused, third.state);
  });
});
