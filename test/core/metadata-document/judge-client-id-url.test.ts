import { expect, test } from 'vitest';
import { judgeClientIdUrl, looksLikeUrl } from '../../../lambdas/core/metadata-document/judge-client-id-url.ts';
import { publicClientId } from '../../../lambdas/core/registration/client-id.ts';

test.each([
  'https://claude.ai/oauth/mcp-oauth-client-metadata',
  'https://chatgpt.com/oauth/abc/client.json',
  'https://github.com/copilot/cli/client-metadata.json',
  'https://localhost:8443/client',
  'https://client.example/a?b=c',
  'https://client.example/a/',
  'https://client.example/a/...',
  'https://client.example/.well-known/client',
  'https://client.example/a@b',
  `https://client.example/${'a'.repeat(512 - 23)}`,
])('AS-21 %s may be a client id', (url) => {
  expect(judgeClientIdUrl(url)).toBeUndefined();
});

test.each([
  ['http://client.example/a', 'must begin with https://'],
  ['HTTPS://client.example/a', 'must begin with https://'],
  ['https:/client.example/a', 'must begin with https://'],
  [' https://client.example/a', 'must begin with https://'],
  ['https://client.example', 'has no path'],
  ['https://client.example/', 'has no path'],
  ['https://client.example?a=/b', 'has no path'],
  ['https://client.example/?a', 'has no path'],
  ['https://client.example/a#b', 'has a fragment'],
  ['https://client.example/a#', 'has a fragment'],
  ['https://user@client.example/a', 'names a user'],
  ['https://user:pass@client.example/a', 'names a user'],
  ['https://@client.example/a', 'names a user'],
  ['https://:@client.example/a', 'names a user'],
  ['https://client.example/./a', 'has a path segment of dots'],
  ['https://client.example/a/..', 'has a path segment of dots'],
  ['https://client.example/a/../b', 'has a path segment of dots'],
  ['https://client.example/a/%2e%2E/b', 'has a path segment of dots'],
  ['https://client.example/a/.%2e', 'has a path segment of dots'],
  ['https://client.example/%2E', 'has a path segment of dots'],
  ['https:///client.example/a', 'names no host'],
  ['https:////client.example/a', 'names no host'],
  ['https://client.example\\@evil.example/a', 'is not an absolute URL'],
  ['https://client.example/a b', 'is not an absolute URL'],
  ['https://client.example/a\tb', 'is not an absolute URL'],
  ['https://client.example/\n', 'is not an absolute URL'],
  ['https://clıent.example/a', 'is not an absolute URL'],
  ['https://client.example:99999/a', 'is not an absolute URL'],
  ['https://[::1/a', 'is not an absolute URL'],
  [`https://client.example/${'a'.repeat(512 - 22)}`, 'is longer than 512'],
])('AS-21 %j may not: %s', (url, problem) => {
  expect(judgeClientIdUrl(url)).toContain(problem);
});

test('AS-30 an id that is given out here never looks like a URL', () => {
  const declared = {
    redirectUris: ['https://a.example/'],
    tokenEndpointAuthMethod: 'none',
    grantTypes: ['authorization_code'],
    responseTypes: ['code'],
  } as const;
  expect(looksLikeUrl(publicClientId(declared))).toBe(false);
  expect(['https://a.example/b', 'http://a.example/b', 'HTTPS://a.example/b'].map(looksLikeUrl)).toEqual([
    true,
    true,
    true,
  ]);
});
