import { describe, expect, test } from 'vitest';
import { adminResource } from '../../../lambdas/core/admin/admin-resource.ts';
import { administratorOf } from '../../../lambdas/core/admin/administrator-of.ts';
import type { Client } from '../../../lambdas/core/client.ts';
import { exchangeToken } from '../../../lambdas/core/grants/exchange-token.ts';
import type { Person } from '../../../lambdas/core/person.ts';
import { confidentialClient, form, issuer, refusal, secret, todos } from '../fixtures.ts';
import { answer, arrive, begin, poll, terminal } from '../device/flow.ts';
import { claimsOf, codeFor, redeem } from '../grants/flow.ts';
import { useHouse } from '../house.ts';
import type { House } from '../house.ts';
import { enterpriseOf } from '../id-jag/enterprise.ts';
import { allow, callback, errorIn, signIn, start, transactionOf } from '../identity/walk.ts';

const { resource } = adminResource(issuer);
const scope = 'gatehouse:admin gatehouse:admin:read';
const administrators = {
  emails: ['root@x.example'],
  groups: ['admins'],
  readerEmails: ['watch@x.example'],
  readerGroups: ['readers'],
};

const plainHouse = useHouse();

/** A house with administrators, in which this person signs in. */
async function newHouse(changes: Partial<Person> = { groups: ['admins'] }): Promise<House> {
  const house = await plainHouse();
  const person = { ...house.person, ...changes };
  house.deps.identityProvider.person = person;
  return { ...house, person, deps: Object.assign(house.deps, { administrators }) };
}

async function machine(house: House, changes: Partial<Client>): Promise<Client> {
  const clientId = `machine-${house.deps.entropy.token(6)}`;
  const client: Client = { ...confidentialClient, clientId, kind: 'pre-registered', redirectUris: [], ...changes };
  await house.deps.clients.register(client);
  return client;
}

describe('F-D5 administratorOf', () => {
  const person = { sub: 'p', email: 'root@x.example', emailVerified: true } as const;

  test('all rights are stronger than those of a reader', () => {
    expect(administratorOf({ ...person, groups: ['readers'] }, administrators)?.access).toBe('write');
    expect(administratorOf({ sub: 'p', groups: ['readers', 'admins'] }, administrators)?.access).toBe('write');
    expect(administratorOf({ sub: 'p', groups: ['readers'] }, administrators)).toEqual({ sub: 'p', access: 'read' });
  });

  test.each<[string, Pick<Person, 'sub' | 'email' | 'emailVerified' | 'groups'>]>([
    ['an address that is not verified', { ...person, emailVerified: false }],
    ['an address of which nothing is said', { sub: 'p', email: 'root@x.example' }],
    ['a part of an address', { ...person, email: 'root@x.example.evil' }],
    ['an address as a group', { sub: 'p', groups: ['root@x.example'] }],
    ['a group as an address', { sub: 'p', email: 'admins', emailVerified: true }],
    ['no groups', { sub: 'p', groups: [] }],
  ])('%s gives nothing', (_, who) => expect(administratorOf(who, administrators)).toBeUndefined());

  test('nobody administers without a policy', () => expect(administratorOf(person, undefined)).toBeUndefined());
});

describe('F-D5 a sign-in for administration is of this day', () => {
  const half = 43_200 / 2;

  test('an older one is asked again, at the provider, without max_age', async () => {
    const house = await newHouse();
    const { sessionCookie } = await signIn(house, { scope: 'todos:read' });
    expect((await start(house, { resource, scope }, sessionCookie)).kind).toBe('consent');
    house.deps.clock.forward(half + 1);
    const step = await start(house, { resource, scope }, sessionCookie);
    expect(step.kind).toBe('sign-in');
    expect(house.deps.identityProvider.asked).toMatchObject({ prompt: 'login' });
    expect(house.deps.identityProvider.asked).not.toHaveProperty('maxAge');
    // For an MCP server the same sign-in is good.
    expect((await start(house, { scope: 'todos:read' }, sessionCookie)).kind).toBe('answered');
  });

  test('a provider that answers with an old one does not get through', async () => {
    const house = await newHouse();
    house.deps.clock.forward(half + 31);
    const step = await callback(house, transactionOf(await start(house, { resource, scope })));
    expect(errorIn(step)).toBe('login_required');
  });
});

describe('F-D5 a grant for the admin API', () => {
  const grantOf = async (house: House, code: string) => {
    const { access_token } = await redeem(house, code);
    return house.deps.grants.find(String(claimsOf(access_token)['gid']));
  };

  test('keeps what its rights hang on; no other grant does', async () => {
    const house = await newHouse({ groups: ['admins'], emailVerified: true });
    const request = { resources: [resource], scopes: ['gatehouse:admin'] };
    const grant = await grantOf(house, (await codeFor(house, request)).code);
    expect(grant).toMatchObject({ groups: ['admins'], emailVerified: true });
    expect(grant?.absoluteExpiresAt).toBe(house.deps.clock.now() + 43_200);
    const other = await grantOf(house, (await codeFor(house, { resources: [todos.resource] })).code);
    expect(other).not.toHaveProperty('groups');
    expect(other).not.toHaveProperty('emailVerified');
  });

  test('whoever loses the right before the answer is refused at the client', async () => {
    const house = await newHouse();
    const step = await callback(house, transactionOf(await start(house, { resource, scope })));
    if (step.kind !== 'consent') throw new Error(step.kind);
    const { deps } = house;
    const pages = { ...house, deps: { ...deps, administrators: { ...administrators, groups: [] } } };
    expect(await refusal(() => allow(pages, step.transactionId))).toMatchObject({ code: 'access_denied' });
    const url = await allow({ ...house, deps: lateRefusal(house) }, step.transactionId);
    expect(url.searchParams.get('error')).toBe('access_denied');
    expect(url.searchParams.has('code')).toBe(false);
  });

  /** Rights that end after the page was shown. */
  function lateRefusal({ deps }: House): House['deps'] {
    let asked = 0;
    return Object.defineProperty({ ...deps }, 'administrators', {
      enumerable: true,
      get: () => ((asked += 1) > 1 ? undefined : administrators),
    });
  }
});

describe('F-D5 RFC 8628 a device', () => {
  test('of an administrator gets what was allowed, with the evidence and the end of such grants', async () => {
    const house = await newHouse();
    const client = await terminal(house);
    const { device_code, user_code } = await begin(house, client, { resource, scope });
    await answer(house, user_code, true, ['gatehouse:admin']);
    const tokens = await poll(house, client, device_code, { resource });
    expect(claimsOf(tokens.access_token)).toMatchObject({ aud: resource });
    expect(tokens.scope.split(' ').sort()).toEqual(scope.split(' ').sort());
    const grant = await house.deps.grants.find(String(claimsOf(tokens.access_token)['gid']));
    expect(grant).toMatchObject({ groups: ['admins'], absoluteExpiresAt: house.deps.clock.now() + 43_200 });
  });

  test('of a reader gets the scope for looking, whatever is ticked', async () => {
    const house = await newHouse({ groups: ['readers'] });
    const client = await terminal(house);
    const { device_code, user_code } = await begin(house, client, { resource, scope });
    await answer(house, user_code, true, ['gatehouse:admin', 'gatehouse:admin:read']);
    expect((await poll(house, client, device_code)).scope).toBe('gatehouse:admin:read');
  });

  test('of anybody else is refused, and told so', async () => {
    const house = await newHouse({});
    const client = await terminal(house);
    const { device_code, user_code } = await begin(house, client, { resource, scope });
    expect(await refusal(() => arrive(house, user_code))).toMatchObject({ code: 'access_denied' });
    expect(await refusal(() => poll(house, client, device_code))).toMatchObject({ code: 'access_denied' });
    expect(house.deps.audit.types()).toContain('admin.refused');
  });

  test('a sign-in of yesterday is asked again', async () => {
    const house = await newHouse();
    const client = await terminal(house);
    house.deps.clock.forward(43_200);
    const { user_code } = await begin(house, client, { resource, scope });
    expect(await refusal(() => arrive(house, user_code))).toMatchObject({ code: 'login_required' });
  });
});

describe('F-D5 grants for which no person is asked never open the admin API', () => {
  test('client_credentials', async () => {
    const house = await newHouse();
    const machineScopes = ['gatehouse:admin', 'todos:read'];
    const client = await machine(house, { grantTypes: ['client_credentials'], machineScopes });
    const ask = (values: Record<string, string>) => {
      const known = { grant_type: 'client_credentials', client_id: client.clientId, client_secret: secret };
      return exchangeToken({ params: form({ ...known, ...values }) }, house.deps);
    };
    expect((await refusal(() => ask({ resource }))).code).toBe('invalid_target');
    expect((await refusal(() => ask({ resource, scope }))).code).toBe('invalid_target');
    expect((await ask({})).scope).toBe('todos:read');
    expect((await refusal(() => ask({ scope }))).code).toBe('invalid_scope');
  });

  test('identity assertions (ID-JAG)', async () => {
    const { present, assertion } = await enterpriseOf(await newHouse());
    const named = await assertion({ resource, scope });
    expect((await refusal(() => present(named))).code).toMatch(/^invalid_(grant|target)$/);
    const asked = await assertion({ resource: [todos.resource, resource] });
    expect((await refusal(() => present(asked, { resource }))).code).toBe('invalid_target');
  });

  test('token exchange, neither for such a token nor with one', async () => {
    const house = await newHouse();
    const tokenExchange = 'urn:ietf:params:oauth:grant-type:token-exchange';
    const hop = await machine(house, { grantTypes: [tokenExchange] });
    const exchange = (token: string, values: Record<string, string> = {}) => {
      const subject = { subject_token: token, subject_token_type: 'urn:ietf:params:oauth:token-type:access_token' };
      const known = { grant_type: tokenExchange, client_id: hop.clientId, client_secret: secret, ...subject };
      return exchangeToken({ params: form({ ...known, ...values }) }, house.deps);
    };
    const own = await redeem(house, (await codeFor(house)).code);
    for (const values of [{ resource }, { audience: resource }, { audience: 'gatehouse:admin' }]) {
      expect((await refusal(() => exchange(own.access_token, values))).code).toBe('invalid_target');
    }
    const request = { resources: [resource], scopes: ['gatehouse:admin'] };
    const admin = await redeem(house, (await codeFor(house, request)).code);
    expect((await refusal(() => exchange(admin.access_token))).reason).toBe('subject_token_audience');
    expect((await refusal(() => exchange(admin.access_token, { resource: todos.resource }))).code).toBe(
      'invalid_request',
    );
  });
});
