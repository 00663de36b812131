import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { errorUrl, successUrl } from '../../../lambdas/core/authorize/answer-url.ts';
import { trustRedirect } from '../../../lambdas/core/authorize/redirect-uri.ts';
import { OAuthError } from '../../../lambdas/core/errors.ts';
import { issuer, publicClient } from '../fixtures.ts';

const registeredAs = (...redirectUris: readonly string[]) => ({ ...publicClient, redirectUris });
const trusts = (registered: string, uri: string) => {
  try {
    return trustRedirect(registeredAs(registered), uri).uri === uri;
  } catch (error) {
    if (error instanceof OAuthError) return false;
    throw error;
  }
};

describe('AS-40 a redirect URI is compared character for character', () => {
  test.each([
    ['https://client.example/cb', 'https://client.example/cb'],
    ['cursor://anysphere.cursor-mcp/oauth/callback', 'cursor://anysphere.cursor-mcp/oauth/callback'],
    ['http://localhost/callback', 'http://localhost:49152/callback'],
    ['http://localhost:3000/callback', 'http://localhost/callback'],
    ['http://127.0.0.1:33418/', 'http://127.0.0.1:50000/'],
    ['http://[::1]:1/cb', 'http://[::1]:2/cb'],
    ['http://localhost:1?x=1', 'http://localhost:2?x=1'],
    ['http://localhost:1', 'http://localhost:2'],
  ])('registered %s matches %s', (registered, uri) => expect(trusts(registered, uri)).toBe(true));

  test.each([
    ['https://client.example/cb', 'https://client.example/cb/'],
    ['https://client.example/cb', 'https://client.example/cb?x=1'],
    ['https://client.example/cb', 'https://client.example/CB'],
    ['https://client.example/cb', 'https://CLIENT.example/cb'],
    ['https://client.example/cb', 'https://client.example:443/cb'],
    ['https://client.example/cb', 'https://client.example.evil.example/cb'],
    ['https://client.example/cb', 'http://client.example/cb'],
    ['https://client.example/', 'https://client.example/../evil'],
    ['https://localhost:1/cb', 'https://localhost:2/cb'],
    ['http://localhost:1/cb', 'http://127.0.0.1:1/cb'],
    ['http://localhost:1/cb', 'http://[::1]:1/cb'],
    ['http://localhost:1/cb', 'http://localhost:1/cb/'],
    ['http://localhost:1/cb', 'http://localhost:1/other'],
    ['http://localhost:1/cb', 'http://localhost:1/cb?x=1'],
    ['http://localhost:1/cb', 'http://localhost:1/cb#x'],
    ['http://localhost:1/cb', 'http://localhost:99999/cb'],
    ['http://localhost:1/cb', 'http://localhost:/cb'],
    ['http://localhost:1/cb', 'http://localhost:1@evil.example/cb'],
    ['http://localhost:1/cb', 'http://localhost@evil.example/cb'],
    ['http://localhost:1/cb', 'http://localhost.evil.example/cb'],
    ['http://localhost:1/cb', 'http://LOCALHOST:1/cb'],
    ['http://localhost:1/cb', 'http://localhost:1\\@evil.example/cb'],
    ['http://evil.example:1/cb', 'http://evil.example:2/cb'],
    ['cursor://host:1/cb', 'cursor://host:2/cb'],
  ])('registered %s does not match %s', (registered, uri) => expect(trusts(registered, uri)).toBe(false));

  test('for any port and for nothing else', () => {
    const part = fc.stringMatching(/^[a-z0-9/?=&._-]{0,20}$/);
    fc.assert(
      fc.property(fc.nat(65_535), fc.nat(65_535), part, part, (a, b, one, other) => {
        const registered = `http://localhost:${a}/${one}`;
        expect(trusts(registered, `http://localhost:${b}/${one}`)).toBe(true);
        expect(trusts(registered, `http://localhost:${b}/${other}`)).toBe(one === other);
      }),
    );
  });

  test('whatever is trusted leads where the registered one leads', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 30 }), (tail) => {
        const uri = `http://localhost${tail}`;
        if (trusts('http://localhost:1/cb', uri)) expect(new URL(uri).hostname).toBe('localhost');
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the answer', () => {
  const at = (uri: string, state?: string) => trustRedirect(registeredAs(uri), uri, state);

  test.each([
    ['https://c.example/cb', 'https://c.example/cb?code=c&state=s&iss=https%3A%2F%2Fgate.example'],
    ['https://c.example/cb?x=1', 'https://c.example/cb?x=1&code=c&state=s&iss=https%3A%2F%2Fgate.example'],
    ['https://c.example/cb?', 'https://c.example/cb?code=c&state=s&iss=https%3A%2F%2Fgate.example'],
    ['https://c.example', 'https://c.example?code=c&state=s&iss=https%3A%2F%2Fgate.example'],
    ['cursor://a.b/oauth/callback', 'cursor://a.b/oauth/callback?code=c&state=s&iss=https%3A%2F%2Fgate.example'],
    ['com.example:/cb', 'com.example:/cb?code=c&state=s&iss=https%3A%2F%2Fgate.example'],
  ])('AS-46 keeps what %s has and adds code, state and iss', (uri, url) => {
    expect(successUrl(at(uri, 's'), { code: 'c', issuer })).toBe(url);
  });

  test('AS-45 state comes back verbatim, each parameter once, no error beside a code', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (state) => {
        const query = new URL(successUrl(at('https://c.example/cb', state), { code: 'c', issuer })).searchParams;
        expect([query.getAll('state'), query.getAll('code'), query.getAll('iss')]).toEqual([[state], ['c'], [issuer]]);
        expect(query.has('error')).toBe(false);
      }),
    );
  });

  test('AS-46 an error carries iss as well, and no state that was not sent', () => {
    const query = new URL(errorUrl(at('https://c.example/cb'), new OAuthError('invalid_scope', 'why'), issuer))
      .searchParams;
    expect([...query]).toEqual([
      ['error', 'invalid_scope'],
      ['error_description', 'why'],
      ['iss', issuer],
    ]);
  });
});
