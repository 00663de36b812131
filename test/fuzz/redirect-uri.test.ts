import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { errorUrl, successUrl } from '../../lambdas/core/authorize/answer-url.ts';
import { redirectKind, withoutLoopbackPort } from '../../lambdas/core/authorize/redirect-kind.ts';
import { trustRedirect } from '../../lambdas/core/authorize/redirect-uri.ts';
import { OAuthError } from '../../lambdas/core/errors.ts';
import { judgeRedirectUri } from '../../lambdas/core/registration/judge-redirect-uri.ts';
import { issuer, publicClient } from '../core/fixtures.ts';
import { holdProperty } from '../rig/hold-property.ts';
import { hostileText, mutated } from './hostile.ts';
import { accepted } from './judged.ts';

const valid = [
  'https://client.example/cb',
  'https://client.example:8443/cb?tenant=1',
  'http://localhost:3000/callback',
  'http://127.0.0.1/',
  'http://[::1]:5000/cb',
  'cursor://anysphere.cursor-mcp/oauth/callback',
  'com.example.app:/oauth',
];
const hostileUri = fc.oneof(...valid.map(mutated), hostileText);
const terms = { runs: 1500, seconds: 1.5 };

describe('AS-32 what may be registered', () => {
  test('is https, loopback, or an app, for every reader of the text', async () => {
    await holdProperty(
      hostileUri,
      (uri) => {
        if (judgeRedirectUri(uri) !== undefined) return;
        const url = new URL(uri);
        expect(['javascript:', 'data:', 'file:', 'vbscript:', 'blob:', 'about:']).not.toContain(url.protocol);
        if (url.protocol === 'http:') expect(['localhost', '127.0.0.1', '[::1]']).toContain(url.hostname);
        expect([url.username, url.password, url.hash]).toEqual(['', '', '']);
        // A browser and a comparison by text see the same host.
        if (redirectKind(uri) !== 'private-use') expect(uri.toLowerCase()).toContain(`//${url.hostname}`);
        expect(uri).toMatch(/^[\x21-\x7e]{1,2048}$/);
      },
      terms,
    );
  });
});

describe('AS-40 what matches', () => {
  test('has the scheme, host, path and query of a registered URI, and its port unless it is loopback', async () => {
    await holdProperty(
      fc.tuple(fc.constantFrom(...valid), hostileUri),
      async ([registered, uri]) => {
        const redirect = await accepted(() => trustRedirect({ ...publicClient, redirectUris: [registered] }, uri));
        if (redirect === undefined) return;
        if (uri === registered) return;
        const [known, asked] = [new URL(registered), new URL(uri)];
        for (const part of ['protocol', 'hostname', 'pathname', 'search', 'hash', 'username', 'password'] as const) {
          expect(asked[part], part).toBe(known[part]);
        }
        expect(withoutLoopbackPort(uri)).toBe(withoutLoopbackPort(registered));
      },
      terms,
    );
  });

  test('AS-45 AS-46 the answer goes there, with state verbatim and nothing twice, whatever state is', async () => {
    await holdProperty(
      fc.tuple(fc.constantFrom(...valid), hostileText),
      ([uri, state]) => {
        const redirect = trustRedirect({ ...publicClient, redirectUris: [uri] }, uri, state);
        const refusal = errorUrl(redirect, new OAuthError('invalid_scope', 'no'), issuer);
        for (const answer of [successUrl(redirect, { code: 'gc_1', issuer }), refusal]) {
          const url = new URL(answer);
          expect(answer.startsWith(uri)).toBe(true);
          // The characters of a header value: no line can be ended here.
          expect(answer).toMatch(/^[\x21-\x7e]+$/);
          expect(url.searchParams.getAll('state')).toEqual([state.toWellFormed()]);
          expect(url.searchParams.getAll('iss')).toEqual([issuer]);
          expect([...url.searchParams.getAll('code'), ...url.searchParams.getAll('error')]).toHaveLength(1);
        }
      },
      { runs: 600, seconds: 1 },
    );
  });
});
