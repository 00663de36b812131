import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../../lambdas/core/person.ts';
import type { AuditEvent } from '../../lambdas/core/ports/audit.ts';
import { issuer, mail, todos, verifier } from '../core/fixtures.ts';
import {
  adminApi,
  administrator,
  adminRequest,
  askToken,
  bothScopes,
  call,
  reader,
  somebody,
  tokensOf,
  walk,
} from './admin-scene.ts';
import type { Desk } from './desk.ts';
import { startDesk } from './desk.ts';
import { InProcessBrowser, locationOf } from './in-process-browser.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const first = { emails: ['root@example.com'], groups: ['gatehouse-admins'] };
const second = { readerEmails: ['watch@example.com'], readerGroups: ['gatehouse-readers'] };
beforeEach(() => void Object.assign(desk.administrators, first, second));

const recorded = (sub: string): AuditEvent[] =>
  (desk.deps.audit as unknown as { events: AuditEvent[] }).events.filter((event) => event.sub === sub);
const sorted = (scope: string) => scope.split(' ').sort().join(' ');

describe('F-D5 who gets access to the admin API', () => {
  test.each<[string, Partial<Person>, string]>([
    ['a group of administrators', { groups: ['gatehouse-admins'] }, bothScopes],
    ['a listed address that is verified', { email: 'root@example.com', emailVerified: true }, bothScopes],
    ['both groups', { groups: ['gatehouse-readers', 'gatehouse-admins'] }, bothScopes],
    ['a group of readers', { groups: ['gatehouse-readers'] }, 'gatehouse:admin:read'],
    ['an address of a reader', { email: 'watch@example.com', emailVerified: true }, 'gatehouse:admin:read'],
  ])('%s', async (_, person, scope) => {
    expect(sorted((await tokensOf(desk, somebody(person))).scope)).toBe(sorted(scope));
  });

  test('who asks for less gets less, and a reader who asks for everything gets what there is', async () => {
    const less = adminRequest({ scope: 'gatehouse:admin:read' });
    expect((await tokensOf(desk, administrator(), less)).scope).toBe('gatehouse:admin:read');
    const more = adminRequest({ scope: 'gatehouse:admin' });
    expect((await tokensOf(desk, reader(), more)).scope).toBe('gatehouse:admin:read');
  });

  test.each<[string, Partial<Person>]>([
    ['nobody in particular', {}],
    ['a listed address for which nobody vouches', { email: 'root@example.com' }],
    ['a listed address that is known to be unverified', { email: 'root@example.com', emailVerified: false }],
    ['a verified address that only looks so', { email: 'r\u043e\u043et@example.com', emailVerified: true }],
    ['a subject that is a listed address', { sub: 'root@example.com', email: 'eve@example.com', emailVerified: true }],
    ['a group of another name', { groups: ['gatehouse-administrators'] }],
  ])('%s is refused at the client, with a word that helps', async (_, changes) => {
    const person = somebody(changes);
    const end = await walk(desk, person, adminRequest());
    expect(end.origin).toBe('https://client.example');
    expect(Object.fromEntries(end.searchParams)).toMatchObject({
      error: 'access_denied',
      error_description: expect.stringContaining('another one'),
      state: 'state-1',
      iss: issuer,
    });
    expect(recorded(person.sub)).toContainEqual(
      expect.objectContaining({ type: 'admin.refused', decision: 'refused', reason: 'not_an_administrator' }),
    );
    expect(recorded(person.sub).map(({ type }) => type)).not.toContain('consent.given');
  });

  test('where nobody administers, nobody is let in', async () => {
    Object.assign(desk.administrators, { emails: [], groups: [], readerEmails: [], readerGroups: [] });
    expect((await walk(desk, administrator(), adminRequest())).searchParams.get('error')).toBe('access_denied');
  });
});

describe('F-D5 rights are those of now', () => {
  test('consent that is remembered gives nothing to who administers no more', async () => {
    const person = administrator();
    await tokensOf(desk, person);
    expect((await walk(desk, person, adminRequest())).searchParams.has('code')).toBe(true);
    desk.administrators.groups = [];
    expect((await walk(desk, person, adminRequest())).searchParams.get('error')).toBe('access_denied');
    desk.administrators.readerGroups = ['gatehouse-admins'];
    const code = (await walk(desk, person, adminRequest())).searchParams.get('code') ?? '';
    const answer = await askToken(desk, { grant_type: 'authorization_code', code, code_verifier: verifier });
    expect(await answer.json()).toMatchObject({ scope: 'gatehouse:admin:read' });
  });
});

describe('F-D5 the page that asks', () => {
  const arrive = async (person: Person) => {
    desk.provider.person = { ...person, authTime: desk.clock.now() };
    const browser = new InProcessBrowser(desk.interaction);
    const first = locationOf(await browser.get(`/authorize?${adminRequest().toString()}`));
    const { pathname, search } = locationOf(await browser.callback(first));
    return { browser, path: `${pathname}${search}` };
  };

  test('says that it is about everybody, and shows a reader what a reader gets', async () => {
    const own = await arrive(administrator());
    const text = await (await own.browser.get(own.path)).text();
    expect(text).toContain('Administration of this server');
    expect(text).toContain('Administer everything: see');
    const reading = await arrive(reader());
    const less = await (await reading.browser.get(reading.path)).text();
    expect(less).toContain('audit trail of everybody');
    expect(less).not.toContain('Administer everything');
  });

  test('says what to do where the right has ended meanwhile', async () => {
    const { browser, path } = await arrive(administrator());
    desk.administrators.groups = [];
    const page = await browser.get(path);
    expect(page.status).toBe(400);
    expect(await page.text()).toContain('This account may not administer');
  });
});

describe('F-D5 the admin API stands alone', () => {
  test.each([
    ['an MCP server first', [todos.resource, adminApi]],
    ['an MCP server after it', [adminApi, mail.resource]],
  ])('asked together with %s it is invalid_target', async (_, resources) => {
    const request = adminRequest({ resource: undefined });
    for (const resource of resources) request.append('resource', resource);
    const end = await walk(desk, administrator(), request);
    expect(end.searchParams.get('error')).toBe('invalid_target');
    const device = new URLSearchParams([['client_id', 'client-1'], ...resources.map((one) => ['resource', one])]);
    expect((await desk.token.request(`${issuer}/par`, { method: 'POST', body: request })).status).toBe(400);
    expect((await desk.token.request(`${issuer}/device_authorization`, { method: 'POST', body: device })).status).toBe(
      400,
    );
  });

  test('named twice, or with a slash at its end, it is still one', async () => {
    const request = adminRequest({ resource: undefined });
    for (const resource of [adminApi, `${adminApi}/`]) request.append('resource', resource);
    expect((await tokensOf(desk, administrator(), request)).scope).toContain('gatehouse:admin');
  });

  test('its scope without its address means nothing', async () => {
    for (const resource of [undefined, todos.resource]) {
      const request = adminRequest({ resource, scope: 'gatehouse:admin todos:read' });
      const { access_token, scope } = await tokensOf(desk, administrator(), request);
      expect(scope).toBe('todos:read');
      expect((await call(desk, 'GET', '/keys', access_token)).status).toBe(401);
    }
    const alone = adminRequest({ resource: undefined, scope: 'gatehouse:admin' });
    expect((await walk(desk, administrator(), alone)).searchParams.get('error')).toBe('invalid_scope');
  });

  test.each([
    issuer,
    `${issuer}/admin`,
    `${issuer}/admin/api/keys`,
    `${issuer}/admin/api?x=1`,
    'https://a.example/admin/api',
  ])('%s does not mean it', async (resource) => {
    const end = await walk(desk, administrator(), adminRequest({ resource }));
    expect(end.searchParams.get('error')).toBe('invalid_target');
  });

  test('authorization servers and servers do not tell of it; its own metadata do', async () => {
    const get = async (path: string) => (await desk.discovery.request(`${issuer}${path}`)).json() as Promise<object>;
    const metadata = await get('/.well-known/oauth-authorization-server');
    expect(JSON.stringify(metadata)).not.toMatch(/gatehouse:admin|admin\/api/);
    expect(JSON.stringify(await get('/.well-known/oauth-protected-resource'))).not.toMatch(/admin/);
    expect(await get('/.well-known/oauth-protected-resource/admin/api')).toMatchObject({
      resource: adminApi,
      authorization_servers: [issuer],
      scopes_supported: ['gatehouse:admin:read', 'gatehouse:admin'],
    });
  });
});

describe('F-D5 access to the admin API ends with the day', () => {
  test('a refresh moves no end, and no token outlives it', async () => {
    const { browserSession, accessToken } = desk.deps.lifetimes;
    let tokens = await tokensOf(desk, administrator());
    const refresh = async () => {
      const answer = await askToken(desk, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token });
      return { status: answer.status, body: (await answer.json()) as typeof tokens & { error?: string } };
    };
    desk.clock.forward(browserSession - 100);
    const late = await refresh();
    expect([late.status, late.body.expires_in]).toEqual([200, 100]);
    tokens = late.body;
    expect((await call(desk, 'GET', '/keys', tokens.access_token)).status).toBe(200);
    desk.clock.forward(100);
    expect((await call(desk, 'GET', '/keys', tokens.access_token)).status).toBe(401);
    expect(await refresh()).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(accessToken).toBeGreaterThan(100);
  });
});
