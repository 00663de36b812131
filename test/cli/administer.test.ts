import { describe, expect, onTestFinished, test } from 'vitest';
import { tell } from './told.ts';
import type { Asked, Reply } from './web-server.ts';
import { startWebServer } from './web-server.ts';

/** An admin API that says what a test says, and a person who is signed in. */
async function apiOf(answer: (asked: Asked) => Reply) {
  const server = await startWebServer(answer);
  onTestFinished(() => server.stop());
  const env = { HOME: '/nowhere', GATEHOUSE_URL: server.url, GATEHOUSE_TOKEN: 'a-token' };
  const run = (words: readonly string[], io: Parameters<typeof tell>[1] = {}) => tell(words, { env, ...io });
  return { run, asked: server.asked, env };
}

const problem = (status: number, body: object, headers = {}): Reply => ({
  status,
  json: { type: 'about:blank', title: 'Title', status, ...body },
  headers: { 'content-type': 'application/problem+json', ...headers },
});

describe('F-D5 lists', () => {
  const pages: Record<string, object> = {
    '': { items: [{ client: 'a' }], next: 'two' },
    two: { items: [{ client: 'b' }], next: 'three' },
    three: { items: [{ client: 'c' }] },
  };
  const paged = (asked: Asked): Reply => ({
    json: pages[new URLSearchParams(asked.path.split('?')[1]).get('cursor') ?? ''],
  });

  test('one page, and what comes after it is told', async () => {
    const { run, asked } = await apiOf(paged);
    const { code, out, notes } = await run(['clients', 'list', '--kind', 'dynamic', '--limit', '1']);
    expect({ code, out, notes }).toEqual({
      code: 0,
      out: 'CLIENT ID\na\n',
      notes: 'There is more: --all, or --cursor two\n',
    });
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /admin/api/clients?kind=dynamic&limit=1',
    ]);
    expect(asked[0]?.headers.authorization).toBe('Bearer a-token');
  });

  test('--all follows every page, from a cursor too', async () => {
    const { run } = await apiOf(paged);
    expect((await run(['clients', 'list', '--all'])).out).toBe('CLIENT ID\na\nb\nc\n');
    const rest = await run(['clients', 'list', '--all', '--cursor', 'two', '--json']);
    expect(JSON.parse(rest.out)).toEqual({ items: [{ client: 'b' }, { client: 'c' }] });
  });

  test('--json is the answer of the API', async () => {
    const { run } = await apiOf(paged);
    expect(JSON.parse((await run(['clients', 'list', '--json'])).out)).toEqual(pages['']);
  });

  test('a server that gives the same page for ever does not hold us', async () => {
    const { run } = await apiOf(() => ({ json: { items: [{ client: 'a' }], next: 'again' } }));
    expect(await run(['clients', 'list', '--all'])).toMatchObject({
      code: 1,
      notes: 'The server gives the same page again and again.\n',
    });
  });

  test('an empty one says so beside stdout', async () => {
    const { run } = await apiOf(() => ({ json: { items: [] } }));
    expect(await run(['clients', 'list'])).toEqual({ code: 0, out: '', notes: 'No clients.\n' });
  });
});

describe('F-D5 keys in paths', () => {
  test.each([
    ['dcr_abc', '/admin/api/clients/dcr_abc'],
    ['https://client.example/a?b=c', '/admin/api/clients/~aHR0cHM6Ly9jbGllbnQuZXhhbXBsZS9hP2I9Yw'],
    ['../keys', '/admin/api/clients/~Li4va2V5cw'],
    ['..', '/admin/api/clients/~Li4'],
  ])('F-D5 the key %s travels as one segment', async (key, path) => {
    const { run, asked } = await apiOf(() => ({ json: { client: key } }));
    expect((await run(['clients', 'get', key])).code).toBe(0);
    expect(asked[0]?.path).toBe(path);
  });
});

describe('F-D5 creating', () => {
  const made = { client: 'abc', clientName: 'Billing', secret: 'the-secret' };

  test('prints the secret alone on stdout, all else beside it', async () => {
    const { run, asked } = await apiOf(() => ({ status: 201, json: made }));
    const words = ['clients', 'create', '--client-name', 'Billing', '--scopes', 'todo:read', '--scopes', 'todo:write'];
    const { code, out, notes } = await run(words);
    expect({ code, out }).toEqual({ code: 0, out: 'the-secret\n' });
    expect(notes).toContain('Client id  abc');
    expect(notes).toContain('shown this once');
    expect(notes).not.toContain('the-secret');
    expect(asked[0]).toMatchObject({ method: 'POST', path: '/admin/api/clients' });
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({ clientName: 'Billing', scopes: ['todo:read', 'todo:write'] });
  });

  test('carries a key for repeating: a fresh one, or the one that was given', async () => {
    const { run, asked } = await apiOf(() => ({ status: 201, json: made }));
    await run(['clients', 'create', '--client-name', 'Billing']);
    await run(['clients', 'create', '--client-name', 'Billing']);
    await run(['clients', 'create', '--client-name', 'Billing', '--idempotency-key', 'mine']);
    const [first, second, third] = asked.map(({ headers }) => headers['idempotency-key']);
    expect(first).toMatch(/^[\da-f-]{36}$/);
    expect(second).not.toBe(first);
    expect(third).toBe('mine');
  });

  test('--json is everything on stdout', async () => {
    const { run } = await apiOf(() => ({ status: 201, json: made }));
    const { out, notes } = await run(['clients', 'create', '--client-name', 'Billing', '--json']);
    expect({ out: JSON.parse(out) as unknown, notes }).toEqual({ out: made, notes: '' });
  });
});

describe('F-D5 changing', () => {
  const row = {
    client: 'abc',
    clientName: 'Old',
    redirectUris: ['https://a.example/'],
    version: 7,
    kind: 'pre-registered',
  };
  const answer = ({ method }: Asked): Reply => ({ json: method === 'GET' ? row : { ...row, clientName: 'New' } });

  test('begins with what is there, and names the version that was read', async () => {
    const { run, asked } = await apiOf(answer);
    expect((await run(['clients', 'update', 'abc', '--client-name', 'New'])).out).toContain('New');
    expect(asked.map(({ method }) => method)).toEqual(['GET', 'PUT']);
    expect(JSON.parse(asked[1]?.body ?? '')).toEqual({
      clientName: 'New',
      redirectUris: ['https://a.example/'],
      version: 7,
    });
  });

  test("--flag '' empties a list; an own version goes before the one that was read", async () => {
    const { run, asked } = await apiOf(answer);
    await run(['clients', 'update', 'abc', '--redirect-uris', '', '--version', '6']);
    expect(JSON.parse(asked[1]?.body ?? '')).toEqual({ clientName: 'Old', redirectUris: [], version: 6 });
  });
});

describe('F-D5 destroying asks first', () => {
  test.each([
    ['y', 0, 1],
    ['Yes', 0, 1],
    ['', 1, 0],
    ['n', 1, 0],
    ['yesterday', 1, 0],
  ])('“%s”', async (typed, code, requests) => {
    const { run, asked } = await apiOf(() => ({ json: {} }));
    const told = await run(['clients', 'revoke', 'abc'], { answers: [typed] });
    expect(told).toMatchObject({ code, out: '' });
    expect(told.notes).toContain('Every token of this client is dead within 60 seconds');
    expect(told.notes).toContain(code === 0 ? 'Done: clients revoke abc' : 'Nothing was done.');
    expect(asked).toHaveLength(requests);
  });

  test('where nobody can be asked it refuses with 2, and --yes does it', async () => {
    const { run, asked } = await apiOf(() => ({ status: 204 }));
    expect(await run(['sessions', 'revoke', 'abc'])).toMatchObject({ code: 2, out: '' });
    expect(asked).toHaveLength(0);
    expect(await run(['sessions', 'revoke', 'abc', '--yes'])).toMatchObject({ code: 0 });
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['DELETE /admin/api/sessions/abc']);
  });
});

describe('F-D5 refusals: exit code 1, nothing on stdout', () => {
  test('field by field, by the flag that sets it', async () => {
    const errors = [
      { field: 'redirectUris', message: 'foo is not an absolute URI.' },
      { field: 'unknown\u001b[2J', message: 'This is unknown here.' },
    ];
    const { run } = await apiOf(() => problem(400, { detail: 'Some fields need another look.', errors }));
    expect(await run(['clients', 'create', '--client-name', 'x'])).toEqual({
      code: 1,
      out: '',
      notes:
        'Some fields need another look.\n--redirect-uris: foo is not an absolute URI.\nunknown\\u001b[2J: This is unknown here.\n',
    });
  });

  test.each([
    [problem(409, { detail: 'Somebody else changed it.' }), 'Somebody else changed it.\nRead it again'],
    [problem(403, { detail: 'You may look, but change nothing.' }), 'You may look, but change nothing.'],
    [problem(404, { title: 'Not found' }), 'Not found'],
    [problem(429, { detail: 'Too many.' }, { 'retry-after': '7' }), 'Too many.\nTry again in 7 seconds.'],
    [problem(500, { detail: 'Broken.', traceId: '1-abc' }), 'Broken.\nTrace id: 1-abc'],
    [{ status: 502 }, 'The server answers 502.'],
    [{ status: 200 }, 'answers something else than JSON'],
    [{ status: 302, headers: { location: 'https://thief.example/' } }, 'The server answers 302.'],
    [problem(401, {}), 'The token in GATEHOUSE_TOKEN is not taken.'],
  ])('%j', async (reply, message) => {
    const { run } = await apiOf(() => reply);
    const { code, out, notes } = await run(['clients', 'get', 'abc']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(notes).toContain(message);
  });

  test('a list that is none', async () => {
    const { run } = await apiOf(() => ({ json: { rows: [] } }));
    expect((await run(['clients', 'list'])).notes).toBe('The server answers something else than a list.\n');
  });

  test('nothing answers', async () => {
    const { run, env } = await apiOf(() => ({}));
    const told = await run(['clients', 'list'], { env: { ...env, GATEHOUSE_URL: 'http://127.0.0.1:9' } });
    expect(told.notes).toMatch(/^Nothing answers at http:\/\/127.0.0.1:9 \(.*\)\.\nIs it running\?/);
  });

  test('interrupted: 130', async () => {
    const { run } = await apiOf(() => ({ json: {} }));
    expect(await run(['clients', 'list'], { interrupted: AbortSignal.abort() })).toEqual({
      code: 130,
      out: '',
      notes: 'Interrupted.\n',
    });
  });
});
