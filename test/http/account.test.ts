import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { auditLog } from '../core/fixtures.ts';
import { form, goodRequest, issuer, lifetimes, publicClient, todos, verifier } from '../core/fixtures.ts';
import type { Desk } from './desk.ts';
import { startDesk } from './desk.ts';
import { InProcessBrowser } from './in-process-browser.ts';
import { sendForm, signedInBrowser, signInFor, wholeHouse } from './own-pages.ts';
import { alice } from './scripted-provider.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

let people = 0;
beforeEach(() => {
  becomes({ ...alice, sub: `owner-${(people += 1)}` });
});

const becomes = (person: Desk['provider']['person']) => {
  desk.provider.person = person;
};
const me = () => desk.provider.person.sub;
const audit = () => (desk.deps.audit as ReturnType<typeof auditLog>).events;

/** A browser that is signed in, and what its person sees at `/account`. */
async function home(browser: InProcessBrowser): Promise<string> {
  const page = await browser.get('/account');
  expect(page.status).toBe(200);
  return page.text();
}

interface Connection {
  readonly gid: string;
  readonly refreshToken: string;
  readonly accessToken: string;
}

/** Connects a client for whoever is signed in, and redeems its code. */
async function connect(browser: InProcessBrowser, changes: Record<string, string> = {}): Promise<Connection> {
  const { path, page } = await browser.arrive(goodRequest(changes));
  const landed = path.startsWith('/consent')
    ? await browser.post('/consent', await InProcessBrowser.answer(page, 'allow'))
    : page;
  const code =
    new URL(landed.headers.get('location') ?? `https://client.example${path}`).searchParams.get('code') ?? '';
  const answer = await desk.token.request(`${issuer}/token`, {
    method: 'POST',
    body: form({
      grant_type: 'authorization_code',
      code,
      redirect_uri: 'https://client.example/cb',
      code_verifier: verifier,
      client_id: changes['client_id'] ?? publicClient.clientId,
    }),
  });
  const body = (await answer.json()) as { access_token: string; refresh_token: string };
  expect(answer.status).toBe(200);
  const claims = JSON.parse(Buffer.from(body.access_token.split('.')[1] ?? '', 'base64url').toString()) as {
    gid: string;
  };
  return { gid: claims.gid, accessToken: body.access_token, refreshToken: body.refresh_token };
}

const refresh = (token: string) =>
  desk.token.request(`${issuer}/token`, {
    method: 'POST',
    body: form({ grant_type: 'refresh_token', refresh_token: token, client_id: publicClient.clientId }),
  });

const takeBackPath = `/account/apps/${publicClient.clientId}/take-back`;
const endPath = (gid: string) => `/account/sessions/${gid}/end`;
const revokePath = (keyId: string) => `/account/keys/${keyId}/revoke`;
const everyPage = [
  '/account',
  '/account/sessions',
  '/account/keys',
  '/account/keys/new',
  '/account/end',
  '/account/sign-out',
];

async function makeKey(browser: InProcessBrowser, changes: Parameters<typeof sendForm>[2] = {}) {
  const usual = { name: 'Nightly report', servers: ['todos'], permissions: ['read'], expires: '30d' };
  const page = await sendForm(browser, '/account/keys/new', { ...usual, ...changes });
  const text = await page.clone().text();
  const secret = /gh_dev_(?<id>\w{16})_\w{49}/.exec(text);
  return { page, text, secret: secret?.[0], keyId: secret?.groups?.['id'] ?? '' };
}

describe('F-C5 the page', () => {
  test('sends whoever is not signed in to sign-in and back, with the whole address', async () => {
    const browser = new InProcessBrowser(wholeHouse(desk));
    for (const path of [...everyPage, takeBackPath, '/account/keys?cursor=a-b']) {
      const answer = await browser.get(path);
      expect(answer.status).toBe(303);
      const to = new URL(answer.headers.get('location') ?? '');
      expect(`${to.origin}${to.pathname}`).toBe(`${issuer}/sign-in`);
      expect(to.searchParams.get('to')).toBe(path);
    }
    expect((await signInFor(browser, '/account/keys')).pathname).toBe('/account/keys');
  });

  test('says who I am, and how to connect where nothing is connected', async () => {
    const text = await home(await signedInBrowser(desk));
    for (const words of ['alice@example.com', 'Nothing is connected', todos.resource, 'You have none']) {
      expect(text).toContain(words);
    }
  });

  test('shows a client with what it may do in words, who vouches for it, and its sessions', async () => {
    const browser = await signedInBrowser(desk);
    await connect(browser);
    desk.clock.forward((3 * 86_400) / 24);
    await connect(browser);
    const text = await home(browser);
    for (const words of ['Test Client', 'Self-asserted', 'May todos:read', 'todos:write', '2 sessions', 'Connected']) {
      expect(text).toContain(words);
    }
  });

  test('a client that only signed the person in opens nothing and says what it knows', async () => {
    const browser = await signedInBrowser(desk);
    await connect(browser, { scope: 'openid email', resource: '' });
    const text = await home(browser);
    expect(text).toContain('Knows of you');
    expect(text).toContain('e-mail address');
    expect(text).not.toContain('A server that is gone');
    expect(text).not.toContain('May connect');
  });

  test('a client that is known by its document shows the verified host', async () => {
    const clientId = 'https://tools.example:8443/client.json';
    await desk.clients.keepDocument({ ...publicClient, clientId, kind: 'metadata-document', clientName: 'Tool' });
    const browser = await signedInBrowser(desk);
    await desk.deps.consents.remember({
      ...{ sub: me(), clientId, resource: todos.resource, scopes: ['todos:read'] },
      ...{ redirectUris: ['https://client.example/cb'], updatedAt: desk.clock.now() },
    });
    const text = await home(browser);
    expect(text).toContain('tools.example:8443');
    expect(text).toContain('Not connected now');
    const path = `/account/apps/~${Buffer.from(clientId).toString('base64url')}/take-back`;
    expect((await sendForm(browser, path)).status).toBe(303);
    expect(await home(browser)).not.toContain('tools.example');
  });

  test('every page has the headers of pages, and no script but the one that copies', async () => {
    const browser = await signedInBrowser(desk);
    for (const path of everyPage) {
      const page = await browser.get(path);
      expect(page.status).toBe(200);
      const policy = page.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("form-action 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('script-src');
      expect(page.headers.get('cache-control')).toBe('no-store');
      expect(page.headers.get('referrer-policy')).toBe('no-referrer');
      expect(await page.text()).not.toContain('<script');
    }
  });

  test('hostile names are text', async () => {
    const clientId = 'hostile';
    const clientName = '</h3><img src=x onerror=alert(1)>\u202Egnp';
    await desk.clients.register({ ...publicClient, clientId, clientName });
    becomes({ ...desk.provider.person, name: '<script>alert(1)</script>', email: '"><b>@x.example' });
    const browser = await signedInBrowser(desk);
    const { gid } = await connect(browser, { client_id: clientId });
    await makeKey(browser, { name: '"><svg onload=alert(1)>' });
    for (const path of [...everyPage, `/account/apps/${clientId}/take-back`, endPath(gid)]) {
      const text = await (await browser.get(path)).text();
      expect(text).not.toMatch(/<img src=x|<script|<svg onload|<b>@x|\u202E/);
    }
  });

  test('sign-out ends this session for good, even for who kept the cookie', async () => {
    const browser = await signedInBrowser(desk);
    const cookie = browser.cookies.header(new URL(issuer)) ?? '';
    const answer = await sendForm(browser, '/account/sign-out');
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(`${issuer}/account/signed-out`);
    expect(answer.headers.get('set-cookie')).toContain('Max-Age=0');
    expect(await (await browser.get('/account/signed-out')).text()).toContain('You are signed out');
    const kept = await desk.account.request(`${issuer}/account`, { headers: { cookie } });
    expect(kept.status).toBe(303);
    expect(audit().at(-1)).toMatchObject({ type: 'account.signed_out', sub: me() });
  });

  test('signing out twice is no error', async () => {
    const browser = new InProcessBrowser(wholeHouse(desk));
    const answer = await browser.post('/account/sign-out', new URLSearchParams({ csrf: 'old' }));
    expect(await answer.text()).toContain('You are signed out');
  });

  test('a form that comes after the session has ended leads to sign-in by a link, not a redirect', async () => {
    const browser = await signedInBrowser(desk);
    desk.clock.forward(lifetimes.browserSession + 1);
    const answer = await browser.post('/account/keys/new', new URLSearchParams({ csrf: 'x' }));
    const text = await answer.text();
    expect(answer.status).toBe(403);
    expect(text).toContain('Nothing was changed');
    expect(text).toContain('/sign-in?to=%2Faccount%2Fkeys%2Fnew');
  });

  test.each([
    '/account/nothing',
    '/account/apps/a/b/c',
    '/account/keys/x/y',
    '/account/apps//take-back',
    '/account/keys/~/revoke',
  ])('%s is a page that leads home', async (path) => {
    const answer = await (await signedInBrowser(desk)).get(path);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain(`href="${issuer}/account"`);
  });

  test('a cursor of somebody else opens nothing', async () => {
    const browser = await signedInBrowser(desk);
    for (const at of ['/account/keys?cursor=', '/account/sessions?cursor=', '/account?apps=']) {
      expect((await browser.get(`${at}eyJhIjoxfQ`)).status).toBe(400);
    }
  });
});

describe('F-C5 take back', () => {
  test('asks first, then ends every session of the client, forgets the consent, and says so', async () => {
    const browser = await signedInBrowser(desk);
    const [one, two] = [await connect(browser), await connect(browser)];
    const question = await (await browser.get(takeBackPath)).text();
    expect(question).toContain('Take back the access of');
    expect(question).toContain('ends within a minute');
    expect((await refresh(one.refreshToken)).status).toBe(200);
    const answer = await sendForm(browser, takeBackPath);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(`${issuer}/account?done=app`);
    const text = await (await browser.get('/account?done=app')).text();
    expect(text).toContain('role="status"');
    expect(text).toContain('Nothing is connected');
    expect((await refresh(two.refreshToken)).status).toBe(400);
    expect(audit().at(-2)?.type ?? '').not.toContain('admin.');
    expect(audit()).toContainEqual(
      expect.objectContaining({ type: 'account.consent.revoked', sub: me(), clientId: publicClient.clientId }),
    );
    desk.clock.forward(1);
    expect((await browser.arrive(goodRequest())).path).toMatch(/^\/consent/);
  });

  test('a double click is answered twice with the same page', async () => {
    const browser = await signedInBrowser(desk);
    await connect(browser);
    const csrf = /name="csrf" value="([^"]+)"/.exec(await (await browser.get(takeBackPath)).text())?.[1] ?? '';
    const sent = new URLSearchParams({ csrf });
    const answers = await Promise.all([browser.post(takeBackPath, sent), browser.post(takeBackPath, sent)]);
    const third = await browser.post(takeBackPath, sent);
    expect([...answers, third].map(({ status }) => status)).toEqual([303, 303, 303]);
  });

  test('one session ends alone', async () => {
    const browser = await signedInBrowser(desk);
    const [one, two] = [await connect(browser), await connect(browser)];
    expect((await sendForm(browser, endPath(one.gid))).status).toBe(303);
    expect((await refresh(one.refreshToken)).status).toBe(400);
    expect((await refresh(two.refreshToken)).status).toBe(200);
    expect(await home(browser)).toContain('1 session');
    expect(audit()).toContainEqual(
      expect.objectContaining({ type: 'account.session.revoked', sub: me(), gid: one.gid }),
    );
    // Again: it is over already.
    expect((await sendForm(browser, endPath(one.gid))).status).toBe(303);
  });

  test('F-D6 everything: apps, keys, and every browser', async () => {
    const [browser, other] = [await signedInBrowser(desk), await signedInBrowser(desk)];
    const { refreshToken } = await connect(browser);
    const { keyId } = await makeKey(browser);
    expect(await (await browser.get('/account/end')).text()).toContain('in this browser and in all others');
    const answer = await sendForm(browser, '/account/end');
    expect(answer.headers.get('location')).toBe(`${issuer}/account/signed-out`);
    expect((await refresh(refreshToken)).status).toBe(400);
    for (const each of [browser, other]) expect((await each.get('/account')).status).toBe(303);
    desk.clock.forward(1);
    const text = await home(await signedInBrowser(desk));
    expect(text).toContain('Nothing is connected');
    expect(text).toContain('Revoked');
    expect(text).not.toContain(revokePath(keyId));
  });

  test('lists go on where they are long', async () => {
    const browser = await signedInBrowser(desk);
    for (let count = 0; count < 51; count += 1) {
      await desk.deps.consents.remember({
        ...{ sub: me(), clientId: `many-${String(count).padStart(2, '0')}`, resource: todos.resource, scopes: [] },
        ...{ redirectUris: ['https://client.example/cb'], updatedAt: desk.clock.now() },
      });
    }
    const first = await home(browser);
    expect(first).toContain('many-49');
    expect(first).not.toContain('many-50');
    const next = /href="([^"]+)">More apps/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await (await browser.get(next)).text();
    expect(second).toContain('many-50');
    expect(second).not.toContain('many-49');
  });
});

describe('F-B1 F-B2 F-B4 my API keys', () => {
  test('are shown once, listed without the secret, and revoked for good', async () => {
    const browser = await signedInBrowser(desk);
    const { page, text, secret, keyId } = await makeKey(browser);
    expect(page.status).toBe(200);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(text).toContain('never shown again');
    expect(page.headers.get('content-security-policy')).toMatch(/script-src 'sha256-/);
    const list = await home(browser);
    expect(list).toContain(`gh_dev_${keyId}`);
    expect(list).not.toContain(secret);
    expect(audit()).toContainEqual(expect.objectContaining({ type: 'account.key.created', sub: me() }));
    expect(await (await browser.get(revokePath(keyId))).text()).toContain('can never come back');
    expect((await sendForm(browser, revokePath(keyId))).status).toBe(303);
    const after = await home(browser);
    expect(after).toContain('<s><bdi>Nightly report</bdi></s>');
    expect(after).not.toContain(revokePath(keyId));
    expect(JSON.stringify(desk.lines) + JSON.stringify(audit())).not.toContain(secret);
  });

  test('the same form sent twice makes one key and shows it twice', async () => {
    const browser = await signedInBrowser(desk);
    const text = await (await browser.get('/account/keys/new')).text();
    const field = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(text)?.[1] ?? '';
    const sent = new URLSearchParams({ name: 'Twice', servers: 'todos', permissions: 'read', expires: '7d' });
    for (const name of ['csrf', 'idempotency_key']) sent.set(name, field(name));
    const answers = await Promise.all([
      browser.post('/account/keys/new', sent),
      browser.post('/account/keys/new', sent),
    ]);
    const shown = await Promise.all(answers.map(async (one) => /gh_dev_\w+/.exec(await one.text())?.[0]));
    expect(shown[0]).toMatch(/^gh_dev_/);
    expect(shown[1]).toBe(shown[0]);
    expect((await home(browser)).match(/>Twice</g)?.length).toBe(1);
    sent.set('name', 'Another');
    expect((await browser.post('/account/keys/new', sent)).status).toBe(400);
  });

  test.each([
    ['no name', { name: '' }, 'Name'],
    ['no server', { servers: [] }, 'Servers'],
    ['a server that is none', { servers: ['nope'] }, 'Servers'],
    ['no permission', { permissions: [] }, 'Permissions'],
    ['a permission that is none', { permissions: ['todos:fly'] }, 'Permissions'],
    ['a past expiry', { expires: '2001-01-01T00:00:00Z' }, 'Expires'],
    ['no expiry', { expires: [] }, 'Expires'],
    ['a field that is none', { owner: 'somebody' }, 'unknown'],
  ])('%s is told at the field; what was entered stays, and nothing is written', async (_, changes, words) => {
    const browser = await signedInBrowser(desk);
    const { page, text } = await makeKey(browser, { name: 'Keep me', ...changes });
    expect(page.status).toBe(400);
    expect(text).toContain('role="alert"');
    expect(text).toContain(words);
    if (!('name' in changes)) expect(text).toContain('value="Keep me"');
    expect(await home(browser)).toContain('You have none');
  });

  test('a name that another key of mine has is told at the field', async () => {
    const browser = await signedInBrowser(desk);
    await makeKey(browser);
    const { page, text } = await makeKey(browser, { name: ' nightly REPORT ' });
    expect(page.status).toBe(400);
    expect(text).toContain('aria-invalid="true"');
  });

  test('the history goes on over pages', async () => {
    const browser = await signedInBrowser(desk);
    for (let count = 0; count < 11; count += 1) {
      await makeKey(browser, { name: `Key ${count}` });
      desk.clock.forward(1);
    }
    const first = await home(browser);
    expect(first).toContain('Key 10');
    expect(first).not.toContain('>Key 0<');
    const next = /href="([^"]+)">Older keys/.exec(first)?.[1] ?? '';
    expect(await (await browser.get(next)).text()).toContain('>Key 0<');
  });
});

describe('nobody reaches what is another person’s', () => {
  test('sessions, keys and apps of others are a page that says nothing, and nothing changes', async () => {
    const owner = await signedInBrowser(desk);
    const { gid, refreshToken } = await connect(owner);
    const { keyId } = await makeKey(owner);
    becomes({ ...alice, sub: `thief-${people}`, name: 'Thief' });
    const thief = await signedInBrowser(desk);
    const csrf = /name="csrf" value="([^"]+)"/.exec(await home(thief))?.[1] ?? '';
    const before = audit().length;
    for (const path of [
      endPath(gid),
      revokePath(keyId),
      takeBackPath,
      endPath('nothing'),
      revokePath('x'.repeat(16)),
    ]) {
      const shown = await thief.get(path);
      expect(shown.status).toBe(404);
      const text = await shown.text();
      expect(text).not.toContain('Nightly');
      expect(text).not.toContain('Test Client');
      expect((await thief.post(path, new URLSearchParams({ csrf }))).status).toBe(404);
    }
    expect(audit().slice(before)).toEqual([]);
    expect(await home(thief)).not.toContain('Nightly report');
    expect((await refresh(refreshToken)).status).toBe(200);
    const text = await home(owner);
    expect(text).toContain('Test Client');
    expect(text).toContain(revokePath(keyId));
  });

  test('a code that waits for its client is no session to see', async () => {
    const browser = await signedInBrowser(desk);
    const { page } = await browser.arrive(goodRequest());
    await browser.post('/consent', await InProcessBrowser.answer(page, 'allow'));
    const { gid } = audit().findLast(({ type }) => type === 'consent.given') ?? {};
    expect((await browser.get(endPath(String(gid)))).status).toBe(404);
  });
});

describe('AS-49 forms', () => {
  const forms = async (browser: InProcessBrowser) => {
    const { gid } = await connect(browser);
    const { keyId } = await makeKey(browser);
    return [takeBackPath, endPath(gid), revokePath(keyId), '/account/keys/new', '/account/end', '/account/sign-out'];
  };
  const nothingChanged = async (browser: InProcessBrowser) => {
    const text = await home(browser);
    expect(text).toContain('1 session');
    expect(text.match(/badge good">Active/g)?.length).toBe(1);
  };

  test.each([
    ['without a token', {}, {}],
    ['with a forged token', { csrf: 'x'.repeat(43) }, {}],
    ['from another site', undefined, { 'sec-fetch-site': 'cross-site' }],
    ['from another origin', undefined, { origin: 'https://evil.example' }],
    ['from a sibling subdomain', undefined, { 'sec-fetch-site': 'same-site' }],
  ])('%s change nothing', async (_, fields, headers) => {
    const browser = await signedInBrowser(desk);
    const csrf = /name="csrf" value="([^"]+)"/.exec(await home(browser))?.[1] ?? '';
    for (const path of await forms(browser)) {
      const answer = await browser.post(path, new URLSearchParams(fields ?? { csrf }), headers);
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain(`href="${issuer}/account"`);
    }
    await nothingChanged(browser);
  });

  test('with the token of another session of mine change nothing', async () => {
    const [browser, other] = [await signedInBrowser(desk), await signedInBrowser(desk)];
    const csrf = /name="csrf" value="([^"]+)"/.exec(await home(other))?.[1] ?? '';
    for (const path of await forms(browser)) {
      expect((await browser.post(path, new URLSearchParams({ csrf }))).status).toBe(400);
    }
    await nothingChanged(browser);
  });

  test('are not opened by GET with parameters', async () => {
    const browser = await signedInBrowser(desk);
    const csrf = /name="csrf" value="([^"]+)"/.exec(await home(browser))?.[1] ?? '';
    for (const path of await forms(browser)) {
      expect((await browser.get(`${path}?${new URLSearchParams({ csrf }).toString()}`)).status).toBe(200);
    }
    await nothingChanged(browser);
  });
});

test('with an issuer that has a path, every address is below it', async () => {
  const below = await startDesk(`${issuer}/dev`);
  try {
    const answer = await below.account.request(`${issuer}/account/keys`);
    expect(answer.headers.get('location')).toBe(`${issuer}/dev/sign-in?to=%2Faccount%2Fkeys`);
    const browser = await signedInBrowser(below);
    const text = await (await browser.get('/account')).text();
    const addresses = [...text.matchAll(/(?:href|action)="([^"#]+)"/g)].map(([, address]) => address);
    expect(addresses.length).toBeGreaterThan(3);
    expect(addresses.filter((address) => !address?.startsWith(`${issuer}/dev/`))).toEqual([]);
  } finally {
    await below.stop();
  }
});
