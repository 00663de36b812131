import { describe, expect, test } from 'vitest';
import { connectedApp } from '../../lambdas/core/account/connected-app.ts';
import { adminResource, adminScope } from '../../lambdas/core/admin/admin-resource.ts';
import type { Grant } from '../../lambdas/core/grant.ts';
import { linksOf } from '../../lambdas/http/account/links.ts';
import { appCard } from '../../lambdas/http/account/view/app-card.ts';
import { keyCard } from '../../lambdas/http/account/view/key-card.ts';
import { overviewPage } from '../../lambdas/http/account/view/overview-page.ts';
import { issuer, mail, publicClient, servers, todos } from '../core/fixtures.ts';

const now = 1_800_000_000;
const links = linksOf(issuer);
const text = (html: { readonly text: string }) => html.text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

const grant = (changes: Partial<Grant> = {}): Grant => ({
  ...{ gid: 'gid-1', state: 'active', clientId: publicClient.clientId, sub: 'ada' },
  ...{ resources: [todos.resource], scopes: ['todos:read'], refreshable: true, generation: 1, rotatedAt: now - 7200 },
  ...{ authTime: 1, createdAt: now - 86_400 * 3, expiresAt: now + 1, absoluteExpiresAt: now + 1 },
  ...changes,
});
const card = (...sessions: Grant[]) =>
  text(
    appCard(
      connectedApp(publicClient.clientId, { client: publicClient, sessions, consents: [] }, { issuer, servers }),
      links,
      now,
    ),
  );

describe('F-C5 what a card says of an app', () => {
  test('since when, and the last use of any session, from a tool call or a refresh', () => {
    const shown = card(grant(), grant({ gid: 'gid-2', createdAt: now - 86_400, lastUsedAt: now - 60 }));
    expect(shown).toContain('(3 days ago)');
    expect(shown).toMatch(/Last used \S+ \S+ \(1 minute ago\)/);
    expect(shown).toContain('2 sessions');
  });

  test('only what was allowed at each server, where two call different rights by the same name', () => {
    const twin = { ...mail, scopes: [{ ...mail.scopes[0], name: 'todos:read', description: 'Mail of todos' }] };
    const session = grant({
      resources: [todos.resource, mail.resource],
      scopesByResource: { [todos.resource]: ['todos:read'], [mail.resource]: [] },
    });
    const parts = { client: publicClient, sessions: [session], consents: [] };
    const known = { issuer, servers: [todos, twin as typeof mail] };
    const shown = text(appCard(connectedApp('client-1', parts, known), links, now));
    expect(shown).toContain('May todos:read');
    expect(shown).not.toContain('Mail of todos');
  });

  test('rights of administration in words, and a server that is gone', () => {
    expect(card(grant({ resources: [adminResource(issuer).resource], scopes: [adminScope] }))).toContain(
      'take access back',
    );
    expect(card(grant({ resources: [`${issuer}/gone`] }))).toContain('A server that is gone');
  });

  test('F-E5 the paths to which a session is limited, escaped', () => {
    const details = [{ type: 'mcp_paths', paths: ['workspace/acme', 'a/<b>'] }, { type: 'other' }];
    expect(card(grant({ authorizationDetails: details }))).toContain('only below workspace/acme a/&lt;b&gt;');
    expect(card(grant())).not.toContain('only below');
  });

  test('a client that is registered no more is shown by its id', () => {
    const app = connectedApp('gone', { sessions: [grant()], consents: [] }, { issuer, servers });
    expect(text(appCard(app, links, now))).toContain('It is registered here no more');
  });
});

describe('F-B3 F-B4 what a card says of a key', () => {
  const key = {
    key: 'k',
    name: 'Nightly',
    prefix: 'gh_dev_k',
    servers: ['todos'],
    permissions: ['read'],
    owner: 'ada',
  };
  const shown = (changes: object) =>
    text(keyCard({ ...key, state: 'active', actsAs: 'ada', ...changes }, { links, servers, now }));

  test('where it was used from and when, its end, and how it is narrowed', () => {
    const used = { lastUsedAt: '2027-01-15T07:00:00Z', lastUsedFrom: '192.0.2.7', paths: ['workspace/acme'] };
    expect(shown(used)).toMatch(/Last used \S+ \S+ \([^)]+\) from 192\.0\.2\.7/);
    expect(shown(used)).toContain('Only below workspace/acme');
    expect(shown({})).toContain('Expires Never');
    expect(shown({})).toContain('Opens Todos');
  });

  test('what has ended offers nothing any more; a program’s key says that it is one', () => {
    const ended = { revokedAt: '2027-01-15T07:00:00Z', state: 'revoked' as const };
    expect(shown(ended)).toContain('Revoked');
    expect(shown(ended)).not.toContain('Expires');
    expect(shown({ state: 'expired', expiresAt: '2027-01-15T07:00:00Z' })).not.toContain('the key Nightly');
    expect(shown({ actsAs: 'key:k' })).toContain('A program of its own');
  });
});

describe('F-C5 the overview', () => {
  const view = {
    person: { sub: 'ada', authTime: 1 },
    connected: { apps: [], hasMoreSessions: false },
    keys: { items: [] },
    ...{ servers, takesKeys: true, isAdministrator: false, now },
  };

  test('leads administrators to the console, and nobody else', () => {
    expect(overviewPage({ ...view, isAdministrator: true }, links).text).toContain(`href="${issuer}/admin"`);
    expect(overviewPage(view, links).text).not.toContain(`${issuer}/admin`);
  });

  test('offers keys only where a server takes them', () => {
    expect(overviewPage({ ...view, takesKeys: false }, links).text).not.toContain('API key');
  });

  test('says only what it knows of a word in the address', () => {
    expect(text(overviewPage({ ...view, done: 'app' }, links))).toContain('Taken back.');
    for (const done of ['toString', '__proto__', '<b>', '']) {
      expect(overviewPage({ ...view, done }, links).text).not.toContain('role="status"');
    }
  });
});
