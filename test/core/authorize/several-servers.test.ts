import { describe, expect, test } from 'vitest';
import { claimsOf, redeem, refresh } from '../grants/flow.ts';
import { mail, refusal, todos } from '../fixtures.ts';
import { useHouse } from '../house.ts';
import type { House } from '../house.ts';
import { allow, codeOf, pageFor, requestOf } from './walk.ts';
import type { Values } from './walk.ts';

const makeHouse = useHouse();

/** Two servers that call different rights by the same name. */
const scope = (name: string, optional: boolean) => ({ name, description: name, implies: [], tools: [], optional });
const left = { ...todos, scopes: [scope('read', false), scope('export', true)] };
const right = { ...mail, scopes: [scope('export', true), scope('send', true)] };
const both = [left.resource, right.resource];

async function newHouse(): Promise<House> {
  const house = await makeHouse();
  return { ...house, deps: { ...house.deps, servers: [left, right] } };
}

const forBoth = (house: House, more: Values = {}) => requestOf(house, { resource: both, scope: undefined, ...more });
const audience = (answer: { access_token: string }) => claimsOf(answer.access_token)['aud'];

describe('AS-47 AS-66 one grant for several resources, one token at a time', () => {
  test('the code gives a token for the one that is asked, refreshes give the others', async () => {
    const house = await newHouse();
    const first = await redeem(house, await codeOf(house, forBoth(house)), { resource: right.resource });
    expect([audience(first), first.scope]).toEqual([right.resource, 'export send']);
    const second = await refresh(house, first.refresh_token, { resource: left.resource });
    expect([audience(second), second.scope]).toEqual([left.resource, 'read export']);
    const third = await refresh(house, second.refresh_token, { resource: right.resource, scope: 'send' });
    expect([audience(third), third.scope]).toEqual([right.resource, 'send']);
    const fourth = await refresh(house, third.refresh_token, { resource: left.resource, scope: 'read' });
    expect([audience(fourth), fourth.scope]).toEqual([left.resource, 'read']);
  });

  test('without a resource the first of the request is meant', async () => {
    const house = await newHouse();
    const code = await codeOf(house, forBoth(house, { resource: [...both].reverse() }));
    expect(audience(await redeem(house, code))).toBe(right.resource);
  });

  test('a scope of the other server is no scope here (RS-05)', async () => {
    const house = await newHouse();
    const { refresh_token } = await redeem(house, await codeOf(house, forBoth(house)));
    const wrong = { resource: left.resource, scope: 'send' };
    expect((await refusal(() => refresh(house, refresh_token, wrong))).code).toBe('invalid_scope');
    expect((await refresh(house, refresh_token, { resource: right.resource, scope: 'send' })).scope).toBe('send');
  });

  test.each([
    ['one that was not asked', right.resource],
    ['an unknown one', 'https://other.example/mcp'],
    ['the origin, which could mean both (pain 7)', 'https://gate.example'],
    ['the origin with a slash', 'https://gate.example/'],
    ['a fragment', `${left.resource}#x`],
  ])('resource is %s: invalid_target, and the code is not spent', async (_name, resource) => {
    const house = await newHouse();
    const code = await codeOf(house, requestOf(house, { resource: left.resource, scope: undefined }));
    expect((await refusal(() => redeem(house, code, { resource }))).code).toBe('invalid_target');
    const { refresh_token } = await redeem(house, code, { resource: left.resource });
    expect((await refusal(() => refresh(house, refresh_token, { resource }))).code).toBe('invalid_target');
    expect(audience(await refresh(house, refresh_token))).toBe(left.resource);
  });

  test('the origin in an authorization request could mean both: invalid_target', async () => {
    const house = await newHouse();
    expect((await refusal(() => codeOf(house, forBoth(house, { resource: 'https://gate.example' })))).code).toBe(
      'invalid_target',
    );
  });

  test('spellings of one resource are one (pain 7)', async () => {
    const house = await newHouse();
    const resource = [left.resource, `${left.resource}/`, left.resource.replace('https://gate', 'HTTPS://GATE')];
    const page = await pageFor(house, requestOf(house, { resource, scope: undefined }));
    expect(page.view.servers).toHaveLength(1);
  });
});

describe('scopes of equal names are judged server by server', () => {
  test('the page keeps them apart', async () => {
    const house = await newHouse();
    const { view } = await pageFor(house, forBoth(house));
    const ticks = view.servers.flatMap(({ scopes }) => scopes.map(({ tick }) => tick));
    expect(ticks).toEqual([
      `${left.resource} read`,
      `${left.resource} export`,
      `${right.resource} export`,
      `${right.resource} send`,
    ]);
  });

  test('unticked at one server, it is granted at the other only', async () => {
    const house = await newHouse();
    const page = await pageFor(house, forBoth(house));
    const code = (await allow(house, page, [`${right.resource} export`])).searchParams.get('code') ?? '';
    const first = await redeem(house, code, { resource: right.resource });
    expect(first.scope).toBe('send');
    const second = await refresh(house, first.refresh_token, { resource: left.resource });
    expect(second.scope).toBe('read export');
    const widened = { resource: right.resource, scope: 'export' };
    expect((await refusal(() => refresh(house, second.refresh_token, widened))).code).toBe('invalid_scope');
  });

  test('and it is remembered so', async () => {
    const house = await newHouse();
    await allow(house, await pageFor(house, forBoth(house)), [`${right.resource} export`]);
    const [one, other] = (await pageFor(house, forBoth(house))).view.servers;
    expect(one).toMatchObject({ scopes: [] });
    expect(other).toMatchObject({ scopes: [{ name: 'export' }], allowedBefore: [{ name: 'send' }] });
  });

  test('a bare name ticks nothing on a page for two servers', async () => {
    const house = await newHouse();
    const page = await pageFor(house, forBoth(house));
    const bare = page.view.servers.map((server) => ({
      ...server,
      scopes: server.scopes.map((one) => ({ ...one, tick: one.name })),
    }));
    const code =
      (await allow(house, { ...page, view: { ...page.view, servers: bare } })).searchParams.get('code') ?? '';
    expect((await redeem(house, code, { resource: left.resource })).scope).toBe('read');
  });

  test('a server of which everything was unticked is no part of the grant', async () => {
    const house = await newHouse();
    const page = await pageFor(house, forBoth(house));
    const untick = ['export', 'send'].map((name) => `${right.resource} ${name}`);
    const code = (await allow(house, page, untick)).searchParams.get('code') ?? '';
    const none = await refusal(() => redeem(house, code, { resource: right.resource }));
    expect(none.code).toBe('invalid_target');
    expect(audience(await redeem(house, code))).toBe(left.resource);
  });
});
