import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalResource } from '../../lambdas/core/canonical-resource.ts';
import { comparableUrl } from '../../lambdas/core/dpop/comparable-url.ts';
import { judgeClientIdUrl } from '../../lambdas/core/metadata-document/judge-client-id-url.ts';
import { mail, servers, todos } from '../core/fixtures.ts';
import { holdProperty } from '../rig/hold-property.ts';
import { hostileText, mutated } from './hostile.ts';
import { accepted } from './judged.ts';

const terms = { runs: 1500, seconds: 1.5 };

test('AS-47 a resource is one of ours at our origin, or refused; its canonical form is its own', async () => {
  const uris = fc.oneof(
    ...servers.map(({ resource }) => mutated(resource)),
    mutated('https://gate.example'),
    hostileText,
  );
  await holdProperty(
    uris,
    async (value) => {
      const resource = await accepted(() => canonicalResource(value, servers));
      if (resource === undefined) return;
      expect([todos.resource, mail.resource]).toContain(resource);
      expect(canonicalResource(resource, servers)).toBe(resource);
      const asked = new URL(value);
      expect(asked.origin).toBe(new URL(resource).origin);
      expect(asked.pathname.replace(/\/$/, '')).toBe(new URL(resource).pathname);
    },
    terms,
  );
});

test('AS-21 a client id that may be fetched is one URL to every reader', async () => {
  await holdProperty(
    fc.oneof(mutated('https://client.example/oauth/client.json'), mutated('https://c.example:8443/a?b=c'), hostileText),
    (clientId) => {
      if (judgeClientIdUrl(clientId) !== undefined) return;
      const url = new URL(clientId);
      expect([url.protocol, url.username, url.password, url.hash]).toEqual(['https:', '', '', '']);
      expect(url.pathname).not.toBe('/');
      // No segment was walked, nothing was decoded: what is fetched is what was compared.
      expect(clientId.toLowerCase()).toContain(url.pathname.toLowerCase());
    },
    terms,
  );
});

test('X-DPOP1 the comparable form of a URL is its own comparable form, and keeps its host', async () => {
  await holdProperty(
    fc.oneof(mutated('https://gate.example/token'), mutated('http://user@localhost:80/%7Ea/../b?c#d'), hostileText),
    (text) => {
      const comparable = comparableUrl(text);
      if (comparable === undefined) return;
      expect(comparableUrl(comparable)).toBe(comparable);
      expect(new URL(comparable).host).toBe(new URL(text).host);
      expect(comparable).not.toMatch(/[?#]/);
    },
    terms,
  );
});
