import { describe, expect, test } from 'vitest';
import { adminOperations } from '../../../lambdas/contract/admin/index.ts';
import type { AdminOperation } from '../../../lambdas/contract/admin/operation.ts';
import { adminResources } from '../../../lambdas/contract/admin/resources.ts';
import { AdminRefusal } from '../../../lambdas/core/admin/admin-refusal.ts';
import { linksOf } from '../../../lambdas/http/console/links.ts';
import { issuer } from '../../core/fixtures.ts';
import type { Call } from './fake-console.ts';
import { as, fakeConsole } from './fake-console.ts';
import { everyResource, hostile, overviewWith, rowWith } from './rows.ts';

const operations: readonly AdminOperation[] = adminOperations;
const links = linksOf(issuer);

function answerWith(text: string) {
  return ({ operation }: Call) => {
    const resource = adminResources[operation.resource];
    if (resource.id === 'overview') return { ...overviewWith(text) };
    const row = rowWith(resource, text);
    if (operation.answers === 'page') return { items: [row, row], next: text };
    return operation.answers === 'created' ? { ...row, [operation.secretField ?? '']: text } : row;
  };
}

/** Every page that a GET shows, with a key that only its escaped form can carry. */
const pages = [
  ['the overview', '/admin'],
  ['the overview by days', '/admin?span=days'],
  ...everyResource
    .filter(({ id }) => id !== 'overview')
    .map(({ id }) => [`the list of ${id}`, links.list(id)] as const),
  ...operations.flatMap((operation): [string, string][] => {
    const { resource, verb, access, path } = operation;
    const key = path.includes('{key}') ? hostile : undefined;
    if (access === 'write') return [[`${resource}.${verb}`, links.form(operation, key)]];
    return key === undefined ? [] : [[`one of ${resource}`, links.row(resource, key)]];
  }),
].map(([name, address]): [string, string] => [name ?? '', (address ?? '').replace(issuer, '')]);

describe('F-D1 F-D2 F-D3 F-D4 F-D5 every resource and operation of the table has its page', () => {
  const { app, errors } = fakeConsole(answerWith(hostile));

  test.each(pages)('%s, with whatever strangers wrote', async (_, path) => {
    const answer = await as(app, 'admin').get(path);
    const text = await answer.text();
    expect(errors).toEqual([]);
    expect(answer.status).toBe(200);
    expect(text.match(/<script>/g) ?? []).toHaveLength(copies(answer) ? 1 : 0);
    // What stands in a field to be changed is exactly what is stored, and reaches nothing around it.
    const around = text.replaceAll(/ value="[^"]*"|<textarea[^>]*>[^<]*/g, '');
    expect(around).not.toContain('\u202E');
    expect(text).not.toMatch(/<img|alert\(1\)<\/script|style="|javascript:/);
    expect(text.match(/<h1/g)).toHaveLength(1);
    // Nothing is told apart by ids that stand twice.
    const ids = [...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(pages)('AS-49 %s cannot be framed, cached or leaked, and its forms lead nowhere else', async (_, path) => {
    const answer = await as(app, 'admin').get(path);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
    expect(policy).not.toMatch(/unsafe|\*|data:|https?:/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
  });

  test.each(pages)('%s: a reader sees no way to change anything', async (_, path) => {
    const answer = await as(app, 'reader').get(path);
    const text = await answer.text();
    const isForm = operations.some(({ access, verb }) => access === 'write' && path.endsWith(`/${verb}`));
    if (isForm || path.endsWith('/new')) {
      expect(answer.status).toBe(403);
    } else {
      expect(answer.status).toBe(200);
      expect(text).toContain('Read-only');
      const ways = operations.filter(({ access }) => access === 'write').flatMap(({ verb, action }) => [verb, action]);
      const body = text.slice(text.indexOf('<main'));
      for (const address of body.matchAll(/href="([^"]*)"/g)) expect(ways).not.toContain(address[1]?.split('/').at(-1));
      expect(body).not.toContain('method="post"');
    }
  });

  function copies(answer: Response): boolean {
    return answer.headers.get('content-security-policy')?.includes('script-src') === true;
  }
});

describe('lists', () => {
  const seen = fakeConsole(({ operation, request }) => {
    if (operation.resource === 'sessions' && operation.verb === 'list') {
      return request.page?.cursor === undefined ? { items: [], next: 'c2' } : { items: [] };
    }
    throw new AdminRefusal('invalid', 'Some fields need another look.', [{ field: 'kind', message: 'Choose one.' }]);
  });
  const admin = as(seen.app, 'admin');
  const lastRequest = () => seen.calls.at(-1)?.request;

  test('filters and cursor reach the operation; fields that were left empty do not', async () => {
    await admin.get('/admin/sessions?person=al%20ice&client=&cursor=abc');
    expect(lastRequest()?.input).toEqual({ person: 'al ice' });
    expect(lastRequest()?.page).toEqual({ limit: 25, cursor: 'abc' });
  });

  test('the next page keeps the filter, and a page without rows that has a next one says so', async () => {
    const text = await (await admin.get('/admin/sessions?person=a%26b')).text();
    expect(text).toContain('There may be more on the next one');
    expect(text).toContain(`href="${issuer}/admin/sessions?person=a%26b&amp;cursor=c2"`);
    expect(text).not.toContain('First page');
  });

  test('the last page leads back to the first', async () => {
    const text = await (await admin.get('/admin/sessions?person=a&cursor=c2')).text();
    expect(text).toContain(`href="${issuer}/admin/sessions?person=a"`);
    expect(text).toContain('Nothing fits this filter');
    expect(text).not.toContain('rel="next"');
  });

  test('an unknown filter is refused and named, and nothing is asked', async () => {
    const before = seen.calls.length;
    const answer = await admin.get('/admin/sessions?colour=red');
    expect(answer.status).toBe(400);
    expect(seen.calls.length).toBe(before);
  });

  test('a filter that the operation refuses is told at its field, with what was entered', async () => {
    const answer = await admin.get('/admin/clients?kind=dynamic');
    const text = await answer.text();
    expect(answer.status).toBe(400);
    expect(text).toContain('Choose one.');
    expect(text).toMatch(/id="filter-kind"[^>]*aria-describedby="filter-kind-problem"[^>]*aria-invalid="true"/);
    expect(text).toMatch(/<option value="dynamic" selected/);
  });

  test('people are found by subject, whatever it is', async () => {
    const answer = await admin.get(`/admin/people?person=${encodeURIComponent('https://idp/|a b')}`);
    expect(answer.status).toBe(303);
    const key = Buffer.from('https://idp/|a b').toString('base64url');
    expect(answer.headers.get('location')).toBe(`${issuer}/admin/people/~${key}`);
  });
});

describe('addresses', () => {
  const { app, calls } = fakeConsole(answerWith('x'));
  const admin = as(app, 'admin');

  test.each(['/admin/nothing', '/admin/sessions/a/b/c', '/admin/sessions/a/delete', '/admin/keys/~%2e', '/admin/api'])(
    '%s is not there',
    async (path) => {
      const answer = await admin.get(path);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-type')).toContain('text/html');
    },
  );

  test.each(['sessions', 'clients', 'keys', '__proto__', 'constructor'])(
    'a reading verb is no form: %s',
    async (id) => {
      expect((await admin.get(`/admin/${id}/a/get`)).status).toBe(404);
    },
  );

  test('a key that is spelled like the form is told apart from it', async () => {
    const address = links.row('clients', 'new').replace(issuer, '');
    expect((await admin.get(address)).status).toBe(200);
    expect(calls.find(({ operation }) => operation.verb === 'get')?.request.key).toBe('new');
    expect(await (await admin.get('/admin/clients/new')).text()).toContain('Register a client');
  });

  test('without CloudFront every address has the path of the issuer', async () => {
    const inner = fakeConsole(answerWith('x'), `${issuer}/prod`);
    const text = await (await as(inner.app, 'admin').get('/admin/sessions')).text();
    const addresses = [...text.matchAll(/(?:href|action)="([^"#]+)"/g)].map(([, address]) => address ?? '');
    expect(addresses.length).toBeGreaterThan(10);
    for (const address of addresses) expect(address).toMatch(new RegExp(`^${issuer}/prod/`));
  });
});

describe('the overview', () => {
  test('F-D4 tells every chart in words and numbers too', async () => {
    const { app } = fakeConsole(() => ({ ...overviewWith('someone') }));
    const text = await (await as(app, 'admin').get('/admin')).text();
    expect(text.match(/role="img"/g)).toHaveLength(4);
    expect(text).toContain('aria-label="Tool calls by hour: ');
    expect(text).toContain('at most 1,234 in one hour');
    expect(text.match(/<th scope="row">/g)).toHaveLength(4 * 24);
    expect(text).toContain('4,321');
  });

  test('stands where nothing happened yet, and where a member is missing', async () => {
    const { app } = fakeConsole(() => ({}));
    const answer = await as(app, 'admin').get('/admin');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('Nothing was refused.');
  });
});

test('what went wrong inside is a page with a trace id that says nothing else', async () => {
  const { app, errors } = fakeConsole(() => {
    throw new Error('table Sessions is on fire');
  });
  const answer = await as(app, 'admin').get('/admin/sessions');
  const text = await answer.text();
  expect(answer.status).toBe(500);
  expect(text).toContain('Trace ID');
  expect(text).not.toContain('on fire');
  expect(errors).toHaveLength(1);
});
