import { beforeEach, describe, expect, test } from 'vitest';
import { AdminRefusal } from '../../../lambdas/core/admin/admin-refusal.ts';
import type { AdminAnswer } from '../../../lambdas/core/admin/admin-handler.ts';
import { pageCsrf } from '../../../lambdas/core/own-pages/page-csrf.ts';
import { readForms } from '../../rig/html-forms.ts';
import { issuer } from '../../core/fixtures.ts';
import type { Call } from './fake-console.ts';
import { as, cookieOf, fakeConsole } from './fake-console.ts';

/** What the operation does; a test sets it. */
let perform: (call: Call) => AdminAnswer;
/** The client as it is stored. */
const stored = {
  client: 'c1',
  clientName: 'Theirs',
  kind: 'pre-registered',
  redirectUris: ['https://a/cb'],
  version: 8,
};
const seen = fakeConsole((call) => {
  if (call.operation.access === 'write') return perform(call);
  return call.operation.answers === 'page' ? { items: [] } : stored;
});
const admin = as(seen.app, 'admin');
const writes = () => seen.calls.filter(({ operation }) => operation.access === 'write');
beforeEach(() => {
  seen.calls.length = 0;
  perform = () => ({});
});

const goodKey: [string, string][] = [
  ['name', 'Nightly'],
  ['servers', 'todos'],
  ['servers', 'mail'],
  ['permissions', 'read'],
  ['paths', 'a/b\r\nc/d\r\n'],
  ['expires', '30d'],
  ['expires', ''],
  ['idempotency_key', 'once'],
];

describe('a form that is sent', () => {
  test('F-B1 reaches the operation with the types of the table, ticks and lines alike', async () => {
    perform = () => ({ key: 'k1', name: 'Nightly', secret: 'gh_dev_k1_shown' });
    await admin.post('/admin/keys/new', goodKey);
    expect(writes()).toHaveLength(1);
    expect(writes()[0]?.request).toMatchObject({
      key: '',
      idempotencyKey: 'once',
      input: {
        name: 'Nightly',
        servers: ['todos', 'mail'],
        permissions: ['read'],
        paths: ['a/b', 'c/d'],
        expires: '30d',
      },
    });
  });

  test('what is typed counts more than what is chosen', async () => {
    await admin.post('/admin/keys/new', [...goodKey, ['expires', '2027-01-31T12:00:00Z']]);
    expect(writes()[0]?.request.input?.['expires']).toBe('2027-01-31T12:00:00Z');
  });

  test('F-B2 shows the secret on that page alone, which may not be kept', async () => {
    perform = () => ({ key: 'k1', name: 'Nightly', secret: 'gh_dev_k1_shown' });
    const answer = await admin.post('/admin/keys/new', goodKey);
    const text = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(text.match(/gh_dev_k1_shown/g)).toHaveLength(1);
    expect(text).toMatch(/<input\s+id="secret"\s+type="text"\s+readonly\s+autofocus\s+value="gh_dev_k1_shown"/);
    // The only script of the console is named by its hash; the secret works without it.
    expect(answer.headers.get('content-security-policy')).toMatch(/script-src 'sha256-[\w+/=]+';/);
  });

  test('leads on by 303 and is told by a code, never by a text of the address', async () => {
    const answer = await admin.post('/admin/clients/c1/update', { clientName: 'Mine', version: '7' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(`${issuer}/admin/clients/c1?done=clients.update`);
    expect(await (await admin.get('/admin/clients?done=clients.update')).text()).toContain('The client was saved.');
    for (const code of ['You%20won', '__proto__', 'toString']) {
      expect(await (await admin.get(`/admin/clients?done=${code}`)).text()).not.toContain('role="status"');
    }
  });

  test('goes to the list where the row is gone', async () => {
    const gone = fakeConsole(({ operation }) => {
      if (operation.access === 'write') return {};
      throw new AdminRefusal('not_found', 'There is no client with this id.');
    });
    const answer = await as(gone.app, 'admin').post('/admin/clients/c1/delete');
    expect(answer.headers.get('location')).toBe(`${issuer}/admin/clients?done=clients.delete`);
  });

  test('says what will happen, and what it is about, before it is done', async () => {
    const text = await (await admin.get('/admin/clients/c1/delete')).text();
    expect(text).toContain('<h1>Delete client?</h1>');
    expect(text).toContain('Theirs');
    expect(text).toContain('Quit the app first');
    expect(text).toMatch(/<button class="danger" type="submit">Delete client<\/button>/);
    expect(text).toContain(`href="${issuer}/admin/clients/c1">Cancel`);
    expect(writes()).toEqual([]);
  });
});

describe('a mistake', () => {
  test('is told at its field and on top, with everything that was entered kept, and nothing is written', async () => {
    perform = () => {
      throw new AdminRefusal('invalid', 'Some fields need another look.', [
        { field: 'permissions', message: 'There is no todos:fly.' },
        { field: 'expires', message: 'This time has passed.' },
      ]);
    };
    const name = `"'><script>alert(1)</script>`;
    const answer = await admin.post('/admin/keys/new', [
      ['name', name],
      ['servers', 'todos'],
      ['permissions', 'todos:read'],
      ['permissions', 'todos:fly'],
      ['paths', 'a/b\nc/d'],
      ['expires', '2020-01-01T00:00:00Z'],
    ]);
    const text = await answer.text();
    expect(answer.status).toBe(400);
    expect(text).toMatch(/<title>Problem: /);
    expect(text).toMatch(/role="alert" tabindex="-1" autofocus/);
    expect(text).toMatch(/<a href="#field-permissions">\s*Permissions: There is no todos:fly\.\s*<\/a/);
    expect(text).toMatch(
      /<fieldset[^>]*id="field-expires"[^>]*aria-describedby="field-expires-hint field-expires-problem"/,
    );
    expect(text).not.toContain('<script');
    const fields = readForms(text).find(({ action }) => action.endsWith('/keys/new'))?.fields ?? [];
    const valuesOf = (name: string) =>
      fields
        .filter((field) => field.name === name && (!['checkbox', 'radio'].includes(field.type) || field.checked))
        .map(({ value }) => value);
    expect(valuesOf('name')).toEqual([name]);
    expect(valuesOf('servers')).toEqual(['todos']);
    expect(valuesOf('permissions')).toEqual(['todos:read', 'todos:fly']);
    expect(valuesOf('expires')).toEqual(['2020-01-01T00:00:00Z']);
    expect(text).toMatch(/<textarea[^>]*>\na\/b\nc\/d<\/textarea>/);
  });

  test('that the table sees needs no operation', async () => {
    const answer = await admin.post('/admin/clients/c1/rotate-secret', { overlapHours: 'soon' });
    const text = await answer.text();
    expect(answer.status).toBe(400);
    expect(writes()).toEqual([]);
    expect(text).toContain('Enter a whole number.');
    expect(text).toMatch(/value="soon"/);
    expect(text).toMatch(/id="field-overlapHours"[^>]*aria-invalid="true"/);
  });

  test('a form that is sent again makes nothing twice: it has a fresh idempotency key only where it was refused', async () => {
    const keyOf = async (answer: Response) => /name="idempotency_key" value="([^"]+)"/.exec(await answer.text())?.[1];
    const first = await keyOf(await admin.get('/admin/keys/new'));
    perform = () => {
      throw new AdminRefusal('invalid', 'This idempotency key was used for another request.');
    };
    const answer = await admin.post('/admin/keys/new', goodKey);
    expect(answer.status).toBe(400);
    const second = await keyOf(answer);
    expect(new Set([first, second, 'once', undefined]).size).toBe(4);
  });
});

describe('somebody else was faster', () => {
  test('what they stored stands beside, what was entered stays, and saving again names their version', async () => {
    perform = () => {
      throw new AdminRefusal('changed', 'Somebody changed this client since it was read.');
    };
    const sent = { clientName: 'Mine', redirectUris: 'https://a/cb', version: '7' };
    const answer = await admin.post('/admin/clients/c1/update', sent);
    const text = await answer.text();
    expect(answer.status).toBe(409);
    expect(text).toContain('Somebody changed this client');
    expect(text).toContain('Stored now: Theirs');
    // What is the same on both sides is not worth a word.
    expect(text.match(/Stored now/g)).toHaveLength(1);
    expect(text).toMatch(/name="clientName"[^>]*value="Mine"/);
    expect(text).toMatch(/name="version" value="8"/);
  });

  test('where there is nothing to compare, it is only told', async () => {
    perform = () => {
      throw new AdminRefusal('changed', 'This request was answered before.');
    };
    const answer = await admin.post('/admin/keys/new', goodKey);
    const text = await answer.text();
    expect(answer.status).toBe(409);
    expect(text).toContain('This request was answered before.');
    expect(text).not.toContain('Stored now');
  });

  test.each([
    ['not_found', 404],
    ['protected', 409],
    ['forbidden', 403],
  ] as const)('%s is a page with %i', async (kind, status) => {
    perform = () => {
      throw new AdminRefusal(kind, 'Because of <that>.');
    };
    const answer = await admin.post('/admin/clients/c1/revoke');
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain('Because of &lt;that&gt;.');
  });
});

describe('who may send a form', () => {
  const revoke = '/admin/sessions/s1/revoke';

  test.each([
    ['no token', []],
    ['an empty token', [['csrf', '']]],
    ['the token of somebody else', [['csrf', pageCsrf(cookieOf('reader'))]]],
    [
      'two tokens',
      [
        ['csrf', pageCsrf(cookieOf('admin'))],
        ['csrf', pageCsrf(cookieOf('admin'))],
      ],
    ],
  ] as const)('AS-49 a form with %s changes nothing', async (_, fields) => {
    const answer = await seen.app.request(`${issuer}${revoke}`, {
      method: 'POST',
      headers: { cookie: `__Host-gatehouse-session=${cookieOf('admin')}`, 'Sec-Fetch-Site': 'same-origin' },
      body: new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])),
    });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(writes()).toEqual([]);
  });

  test.each([
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a sibling host', { 'Sec-Fetch-Site': 'same-site' }],
    ['an older browser at another origin', { 'Sec-Fetch-Site': '', Origin: 'https://evil.example' }],
  ])('AS-49 a form of %s changes nothing', async (_, headers) => {
    const answer = await admin.post(revoke, {}, headers);
    expect(answer.status).toBe(400);
    expect(writes()).toEqual([]);
  });

  test('F-D5 a reader may not, whatever is entered', async () => {
    for (const path of [revoke, '/admin/keys/new', '/admin/clients/c1/update']) {
      const answer = await as(seen.app, 'reader').post(path, { version: 'x', colour: 'red' });
      expect(answer.status).toBe(403);
      expect(seen.audit.events.at(-1)).toMatchObject({ type: 'admin.refused', sub: 'sub-reader', reason: 'read_only' });
    }
    expect(writes()).toEqual([]);
  });

  test('F-D5 who has no rights is told who they are and what helps, and is recorded', async () => {
    for (const answer of [await as(seen.app, 'nobody').get('/admin/keys'), await as(seen.app, 'nobody').post(revoke)]) {
      const text = await answer.text();
      expect(answer.status).toBe(403);
      expect(text).toContain('nobody@example.com');
      expect(text).toContain('administrators');
      expect(text).toContain(`href="${issuer}/account"`);
      expect(text).not.toContain('aria-label="Console"');
    }
    expect(seen.calls).toEqual([]);
    const event = { type: 'admin.refused', decision: 'refused', sub: 'sub-nobody', reason: 'no_rights' };
    expect(seen.audit.events).toContainEqual(event);
  });

  test('whoever is not signed in is sent there and back; a form that came too late changed nothing and says so', async () => {
    const start = await as(seen.app, undefined).get('/admin/keys/new');
    expect(start.status).toBe(303);
    expect(start.headers.get('location')).toBe(`${issuer}/sign-in?to=${encodeURIComponent('/admin/keys/new')}`);
    const late = await as(seen.app, undefined).post('/admin/keys/new', goodKey);
    const text = await late.text();
    expect(late.status).toBe(403);
    expect(text).toContain('Nothing was changed');
    expect(text).toContain(`${issuer}/sign-in?to=${encodeURIComponent('/admin/keys/new')}`);
    expect(text).not.toContain('Nightly');
    expect(seen.calls).toEqual([]);
  });

  test('a filter that comes too late goes on by itself, past what the form may lead to', async () => {
    const answer = await as(seen.app, undefined).get('/admin/sessions?person=alice');
    const address = `${issuer}/sign-in?to=${encodeURIComponent('/admin/sessions?person=alice')}`;
    expect(answer.status).toBe(200);
    expect(answer.headers.get('refresh')).toBe(`0;url=${address}`);
  });

  test('a GET changes nothing', async () => {
    await admin.get(`${revoke}?csrf=${pageCsrf(cookieOf('admin'))}`);
    expect(writes()).toEqual([]);
  });

  test('a POST to a page that has no form changes nothing', async () => {
    for (const path of ['/admin/sessions', '/admin/sessions/s1', '/admin/nothing', '/admin/audit/x/revoke']) {
      expect((await admin.post(path)).status).toBe(404);
    }
    expect(writes()).toEqual([]);
  });
});
