import { describe, expect, test } from 'vitest';
import { claimsOf, redeem } from '../grants/flow.ts';
import { mail, todos } from '../fixtures.ts';
import { useHouse } from '../house.ts';
import type { House } from '../house.ts';
import { allow, ask, codeOf, pageFor, requestOf } from './walk.ts';
import type { Values } from './walk.ts';

const makeHouse = useHouse();

/** A server with four scopes, of which `write` includes `read`. */
const files = {
  ...todos,
  scopes: ['read', 'write', 'share', 'delete'].map((name) => ({
    name,
    description: `May ${name}`,
    implies: name === 'write' ? ['read'] : [],
    tools: [],
    optional: name !== 'delete',
  })),
};

async function newHouse(servers = [files, mail]): Promise<House> {
  const house = await makeHouse();
  return { ...house, deps: { ...house.deps, servers } };
}

const asking = (house: House, scope: string, more: Values = {}) => requestOf(house, { scope, ...more });
const scopeOf = async (house: House, code: string, resource?: string) =>
  (await redeem(house, code, { resource })).scope;

const names = (scopes: readonly { readonly name: string }[]) => scopes.map(({ name }) => name);

describe('F-E3 pain 21 a request for more adds to what the person allowed', () => {
  test('a client that asks for the new scope alone keeps the old ones', async () => {
    const house = await newHouse();
    expect(await scopeOf(house, await codeOf(house, asking(house, 'read')))).toBe('read');
    expect(await scopeOf(house, await codeOf(house, asking(house, 'share')))).toBe('read share');
    expect(await scopeOf(house, await codeOf(house, asking(house, 'delete')))).toBe('read share delete');
  });

  test('the page asks about what is new only, and says what was allowed before', async () => {
    const house = await newHouse();
    await codeOf(house, asking(house, 'read share'));
    const [server] = (await pageFor(house, asking(house, 'share delete'))).view.servers;
    expect(names(server?.scopes ?? [])).toEqual(['delete']);
    expect(names(server?.allowedBefore ?? [])).toEqual(['read', 'share']);
  });

  test('a scope that is included in one allowed before is not asked again', async () => {
    const house = await newHouse();
    await codeOf(house, asking(house, 'write'));
    const page = await pageFor(house, asking(house, 'read share'));
    expect(names(page.view.servers[0]?.scopes ?? [])).toEqual(['share']);
    expect(names(page.view.servers[0]?.allowedBefore ?? [])).toEqual(['read', 'write']);
    const code = (await allow(house, page)).searchParams.get('code') ?? '';
    expect(await scopeOf(house, code)).toBe('read write share');
  });

  test('what the person unticks is not granted, what was allowed before is', async () => {
    const house = await newHouse();
    await codeOf(house, asking(house, 'read'));
    expect(await scopeOf(house, await codeOf(house, asking(house, 'share'), ['share']))).toBe('read');
    expect((await ask(house, asking(house, 'share'))).kind).toBe('consent');
  });

  test('once allowed, the whole is given without a page', async () => {
    const house = await newHouse();
    await codeOf(house, asking(house, 'read'));
    await codeOf(house, asking(house, 'share'));
    expect((await ask(house, asking(house, 'read share'))).kind).toBe('answered');
    expect(await scopeOf(house, await codeOf(house, asking(house, 'read share')))).toBe('read share');
  });
});

describe('AS-48 a request for less gives less (docs/decisions/0013)', () => {
  test.each([
    ['read', 'read'],
    ['share', 'share'],
    ['read share', 'read share'],
  ])('%s', async (scope, granted) => {
    const house = await newHouse();
    await codeOf(house, asking(house, 'read share delete'));
    expect(await scopeOf(house, await codeOf(house, asking(house, scope)))).toBe(granted);
  });
});

describe('nothing is added that this person did not allow this client, here', () => {
  test('another person', async () => {
    const house = await newHouse();
    await codeOf(house, asking(house, 'read'));
    const other = { ...house, person: { ...house.person, sub: `${house.person.sub}-other` } };
    expect(await scopeOf(other, await codeOf(other, asking(other, 'share')))).toBe('share');
  });

  test('another client', async () => {
    const house = await newHouse();
    await codeOf(house, asking(house, 'read'));
    const client = { ...house.client, clientId: `${house.client.clientId}-other` };
    await house.deps.clients.register(client);
    const other = { ...house, client };
    expect(await scopeOf(other, await codeOf(other, asking(other, 'share')))).toBe('share');
  });

  test('another redirect URI (pain 26)', async () => {
    const house = await newHouse();
    await codeOf(house, asking(house, 'read'));
    const page = await pageFor(house, asking(house, 'share', { redirect_uri: 'http://localhost:3000/callback' }));
    expect(page.view.servers[0]).toMatchObject({ scopes: [{ name: 'share' }], allowedBefore: [] });
  });

  test('another resource, though its scopes have the same names', async () => {
    const twin = { ...files, id: 'twin', path: '/twin', resource: `${todos.resource}/twin` };
    const house = await newHouse([files, twin]);
    await codeOf(house, asking(house, 'read'));
    const code = await codeOf(house, asking(house, 'share', { resource: twin.resource }));
    const answer = await redeem(house, code);
    expect(answer.scope).toBe('share');
    expect(claimsOf(answer.access_token)['aud']).toBe(twin.resource);
  });

  test('a step-up at one server adds nothing at another', async () => {
    const house = await newHouse();
    const both = { resource: [files.resource, mail.resource] };
    await codeOf(house, asking(house, 'read share mail:read mail:send', both));
    const code = await codeOf(house, asking(house, 'delete mail:read', both));
    const first = await redeem(house, code, { resource: mail.resource });
    expect(first.scope).toBe('mail:read');
  });

  test('a scope that was remembered and that no page showed', async () => {
    const house = await newHouse();
    await codeOf(house, asking(house, 'read'));
    const page = await pageFor(house, asking(house, 'delete'));
    // In another tab the person allows one more, after this page was made.
    await codeOf(house, asking(house, 'share'));
    const code = (await allow(house, page)).searchParams.get('code') ?? '';
    expect(await scopeOf(house, code)).toBe('read delete');
  });

  test('a hidden tick that nobody remembers', async () => {
    const house = await newHouse();
    const page = await pageFor(house, asking(house, 'read'));
    const [server] = page.view.servers;
    const forged = {
      ...page.view,
      servers: [{ ...server!, allowedBefore: [{ ...server!.scopes[0]!, tick: 'share' }] }],
    };
    const code = (await allow(house, { ...page, view: forged })).searchParams.get('code') ?? '';
    expect(await scopeOf(house, code)).toBe('read');
  });
});
