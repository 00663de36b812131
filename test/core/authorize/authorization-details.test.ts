import { describe, expect, test } from 'vitest';
import { checkAuthorizationRequest } from '../../../lambdas/core/authorize/pipeline.ts';
import { exchangeToken } from '../../../lambdas/core/grants/exchange-token.ts';
import { claimsOf, redeem, refresh } from '../grants/flow.ts';
import { form, mail, refusal, secret, todos } from '../fixtures.ts';
import { useHouse } from '../house.ts';
import type { House } from '../house.ts';
import { allow, ask, codeOf, pageFor, requestOf } from './walk.ts';
import type { Values } from './walk.ts';

const makeHouse = useHouse();
const servers = [
  { ...todos, authorizationDetailTypes: ['mcp_tools', 'folder'] },
  { ...mail, authorizationDetailTypes: ['folder'] },
];
const both = [todos.resource, mail.resource];

async function newHouse(): Promise<House> {
  const house = await makeHouse();
  return { ...house, deps: { ...house.deps, servers } };
}

const tools = { type: 'mcp_tools', tools: ['list_todos'], limits: { perHour: 3, hours: [8, 17.5] } };
const inbox = { type: 'folder', locations: [mail.resource], path: 'inbox' };
const anywhere = { type: 'folder', path: 'workspace/1' };

const asking = (house: House, details: unknown, more: Values = {}) =>
  requestOf(house, { authorization_details: typeof details === 'string' ? details : JSON.stringify(details), ...more });

const claimOf = (answer: { access_token: string }) => claimsOf(answer.access_token)['authorization_details'];

describe('AS-54 RFC 9396 §5 what cannot be read or is unknown is refused', () => {
  const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) });
  test.each<[string, unknown]>([
    ['no JSON', '[{"type":"mcp_tools"'],
    ['an object', { type: 'mcp_tools' }],
    ['a string', '"mcp_tools"'],
    ['null', 'null'],
    ['an empty list', '[]'],
    ['a list of strings', ['mcp_tools']],
    ['a list of lists', [[tools]]],
    ['null inside', [null]],
    ['no type', [{ tools: [] }]],
    ['an empty type', [{ type: '' }]],
    ['a type that is no string', [{ type: 7 }]],
    ['an unknown type', [{ type: 'payment' }]],
    ['a type from the prototype', [{ type: 'constructor' }]],
    ['one unknown type of two', [tools, { type: 'payment' }]],
    ['a type of another case', [{ type: 'MCP_Tools' }]],
    ['locations that are no list', [{ type: 'folder', locations: todos.resource }]],
    ['empty locations', [{ type: 'folder', locations: [] }]],
    ['locations of other kinds', [{ type: 'folder', locations: [1] }]],
    ['a location that is not asked', [inbox]],
    ['an unknown location', [{ type: 'folder', locations: ['https://other.example'] }]],
    ['deep nesting', [{ type: 'folder', a: nested(8) }]],
    ['a number that doubles cannot hold', '[{"type":"folder","n":9007199254740993}]'],
    ['an endless number', '[{"type":"folder","n":1e400}]'],
    ['a number too small to store', '[{"type":"folder","n":1e-200}]'],
    ['half a character', '[{"type":"folder","path":"\\ud800"}]'],
    ['a member without a name', '[{"type":"folder","":1}]'],
    ['a member that would change the object', '[{"type":"folder","__proto__":{"type":"mcp_tools"}}]'],
    ['more than a token can carry', [{ type: 'folder', path: 'x'.repeat(4100) }]],
  ])('%s', async (_name, details) => {
    const house = await newHouse();
    const outcome = await checkAuthorizationRequest(asking(house, details), house.deps);
    expect(outcome).toMatchObject({
      kind: 'rejected',
      error: { code: 'invalid_authorization_details' },
      redirect: { state: 'state-1' },
    });
  });

  test.each<[string, Values]>([
    ['longer than 8192 characters', { authorization_details: `[{"type":"folder","a":"${'x'.repeat(8192)}"}]` }],
    ['sent twice (AS-44)', { authorization_details: [JSON.stringify([tools]), JSON.stringify([tools])] }],
  ])('%s: invalid_request', async (_name, changes) => {
    const house = await newHouse();
    const outcome = await checkAuthorizationRequest(requestOf(house, changes), house.deps);
    expect(outcome).toMatchObject({ kind: 'rejected', error: { code: 'invalid_request' } });
  });

  test('a type that only another server knows is unknown at this one', async () => {
    const house = await newHouse();
    const atMail = { resource: mail.resource, scope: undefined };
    expect((await refusal(() => ask(house, asking(house, [tools], atMail)))).code).toBe(
      'invalid_authorization_details',
    );
    const located = [{ ...tools, locations: [mail.resource] }];
    const more = { resource: both, scope: undefined };
    expect((await refusal(() => ask(house, asking(house, located, more)))).code).toBe('invalid_authorization_details');
  });

  test('servers without types refuse all', async () => {
    const house = await makeHouse();
    expect((await refusal(() => ask(house, asking(house, [tools])))).message).toContain('known are: none');
  });
});

describe('AS-54 F-E5 from the request to the token', () => {
  test('carried into the access token and echoed, as they were sent; a refresh keeps them', async () => {
    const house = await newHouse();
    const details = [tools, { ...anywhere, 'strange "name"': ['ü', true, null, 0.25, -7, {}, []] }];
    const first = await redeem(house, await codeOf(house, asking(house, details)));
    expect(first.authorization_details).toEqual(details);
    expect(claimOf(first)).toEqual(details);
    const second = await refresh(house, first.refresh_token);
    expect([second.authorization_details, claimOf(second)]).toEqual([details, details]);
  });

  test('without any, neither claim nor echo', async () => {
    const house = await newHouse();
    const answer = await redeem(house, await codeOf(house, requestOf(house)));
    expect(answer).not.toHaveProperty('authorization_details');
    expect(claimsOf(answer.access_token)).not.toHaveProperty('authorization_details');
  });

  test('a token carries those of its own server: by location, or by type', async () => {
    const house = await newHouse();
    const code = await codeOf(house, asking(house, [tools, inbox, anywhere], { resource: both, scope: undefined }));
    const first = await redeem(house, code, { resource: todos.resource });
    expect(claimOf(first)).toEqual([tools, anywhere]);
    const second = await refresh(house, first.refresh_token, { resource: mail.resource });
    expect(claimOf(second)).toEqual([inbox, anywhere]);
    expect(second.authorization_details).toEqual([inbox, anywhere]);
  });

  test('a location may be spelled as resource may (pain 7), and is echoed as it was sent', async () => {
    const house = await newHouse();
    const spelled = [{ ...anywhere, locations: [`${todos.resource}/`] }];
    expect(claimOf(await redeem(house, await codeOf(house, asking(house, spelled))))).toEqual(spelled);
  });

  test('a pushed request may have more than fits into an address', async () => {
    const house = await newHouse();
    const details = [
      { ...anywhere, locations: [todos.resource], path: 'a'.repeat(3800) },
      { ...anywhere, locations: [mail.resource], path: 'b'.repeat(3800) },
    ];
    const code = await codeOf(house, asking(house, details, { resource: both, scope: undefined }));
    expect(claimOf(await redeem(house, code))).toEqual([details[0]]);
  });
});

describe('RFC 9396 §6 a token request may ask for less', () => {
  test('some of the granted objects, in any order of members; the grant keeps all', async () => {
    const house = await newHouse();
    const code = await codeOf(house, asking(house, [tools, anywhere]));
    const asked = JSON.stringify([Object.fromEntries(Object.entries(tools).reverse())]);
    const first = await redeem(house, code, { authorization_details: asked });
    expect(first.authorization_details).toEqual([tools]);
    const second = await refresh(house, first.refresh_token, { authorization_details: JSON.stringify([anywhere]) });
    expect(claimOf(second)).toEqual([anywhere]);
    expect(claimOf(await refresh(house, second.refresh_token))).toEqual([tools, anywhere]);
  });

  test.each<[string, string]>([
    ['another object', JSON.stringify([{ type: 'folder', path: 'workspace/2' }])],
    ['a changed object', JSON.stringify([{ ...anywhere, path: 'workspace' }])],
    ['an object with a member less', JSON.stringify([{ type: 'folder' }])],
    ['one granted and one not', JSON.stringify([anywhere, inbox])],
    ['an empty list, which could mean all', '[]'],
    ['no JSON', '{'],
  ])('%s: refused, and nothing is spent', async (_name, authorization_details) => {
    const house = await newHouse();
    const code = await codeOf(house, asking(house, [tools, anywhere]));
    const refused = await refusal(() => redeem(house, code, { authorization_details }));
    expect(refused.code).toBe('invalid_authorization_details');
    const { refresh_token } = await redeem(house, code);
    const again = await refusal(() => refresh(house, refresh_token, { authorization_details }));
    expect(again.code).toBe('invalid_authorization_details');
    expect(claimOf(await refresh(house, refresh_token))).toEqual([tools, anywhere]);
  });

  test('those of another server are not those of this token', async () => {
    const house = await newHouse();
    const code = await codeOf(house, asking(house, [tools, inbox], { resource: both, scope: undefined }));
    const asked = { resource: todos.resource, authorization_details: JSON.stringify([inbox]) };
    expect((await refusal(() => redeem(house, code, asked))).code).toBe('invalid_authorization_details');
    expect(claimOf(await redeem(house, code, { ...asked, resource: mail.resource }))).toEqual([inbox]);
  });

  test('none were granted: any are refused', async () => {
    const house = await newHouse();
    const code = await codeOf(house, requestOf(house));
    const asked = { authorization_details: JSON.stringify([tools]) };
    expect((await refusal(() => redeem(house, code, asked))).code).toBe('invalid_authorization_details');
    expect((await redeem(house, code)).scope).toBe('todos:read todos:write');
  });

  test('another client learns nothing of what was granted', async () => {
    const house = await newHouse();
    const code = await codeOf(house, asking(house, [tools]));
    const thief = { ...house.client, clientId: `${house.client.clientId}-thief` };
    await house.deps.clients.register(thief);
    const asked = { client_id: thief.clientId, authorization_details: JSON.stringify([anywhere]) };
    expect((await refusal(() => redeem(house, code, asked))).code).toBe('invalid_grant');
  });

  test('a request without details costs no read', async () => {
    const house = await newHouse();
    const code = await codeOf(house, asking(house, [tools]));
    const before = { ...house.calls };
    await exchangeToken({ params: redemption(house, code) }, house.deps);
    // One for the client.
    expect((house.calls['find'] ?? 0) - (before['find'] ?? 0)).toBe(1);
    expect(house.calls['redeemCode']).toBe(1);
  });

  function redemption(house: House, code: string) {
    return form({
      grant_type: 'authorization_code',
      client_id: house.client.clientId,
      code,
      code_verifier: 'v'.repeat(43),
    });
  }
});

describe('AS-54 consent for details is for those details', () => {
  test('the page has them all', async () => {
    const house = await newHouse();
    const { view } = await pageFor(house, asking(house, [tools, anywhere]));
    expect(view.authorizationDetails).toEqual([tools, anywhere]);
  });

  test('it is asked each time, whatever was allowed before', async () => {
    const house = await newHouse();
    await codeOf(house, requestOf(house));
    await codeOf(house, asking(house, [tools]));
    expect((await ask(house, asking(house, [tools]))).kind).toBe('consent');
  });

  test('a yes to a part of the data is no yes to all of it', async () => {
    const house = await newHouse();
    await codeOf(house, asking(house, [anywhere]));
    expect((await ask(house, requestOf(house))).kind).toBe('consent');
  });

  test('what was allowed without details is not added to a request with some', async () => {
    const house = await newHouse();
    await codeOf(house, requestOf(house, { scope: 'todos:write' }));
    const page = await pageFor(house, asking(house, [anywhere], { scope: 'todos:read' }));
    expect(page.view.servers[0]).toMatchObject({ scopes: [{ name: 'todos:read' }], allowedBefore: [] });
    const code = (await allow(house, page)).searchParams.get('code') ?? '';
    expect((await redeem(house, code)).scope).toBe('todos:read');
  });
});

describe('RFC 8693 an exchanged token is narrowed as its parent, or as its own server was', () => {
  async function exchangerOf(house: House) {
    const client = {
      ...house.confidential,
      clientId: `${house.confidential.clientId}-exchanger`,
      kind: 'pre-registered' as const,
      grantTypes: ['urn:ietf:params:oauth:grant-type:token-exchange'],
    };
    await house.deps.clients.register(client);
    const authorizationHeader = `Basic ${Buffer.from(`${client.clientId}:${secret}`).toString('base64')}`;
    return (token: string, resource: string) => {
      const params = form({
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: token,
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        resource,
      });
      return exchangeToken({ params, authorizationHeader }, house.deps);
    };
  }

  test('at the same server the parent’s details; one whose details were narrowed opens no other server', async () => {
    const house = await newHouse();
    const exchange = await exchangerOf(house);
    const code = await codeOf(house, asking(house, [tools, anywhere, inbox], { resource: both, scope: undefined }));
    const narrow = { resource: todos.resource, authorization_details: JSON.stringify([tools]) };
    const parent = await redeem(house, code, narrow);
    expect(claimOf(await exchange(parent.access_token, todos.resource))).toEqual([tools]);
    expect(await refusal(() => exchange(parent.access_token, mail.resource))).toMatchObject({
      code: 'invalid_target',
      reason: 'narrowed_subject',
    });
  });

  test('a parent without details does not free its child from those of another server', async () => {
    const house = await newHouse();
    const exchange = await exchangerOf(house);
    const code = await codeOf(house, asking(house, [inbox], { resource: both, scope: undefined }));
    const parent = await redeem(house, code, { resource: todos.resource });
    expect(parent).not.toHaveProperty('authorization_details');
    expect(claimOf(await exchange(parent.access_token, mail.resource))).toEqual([inbox]);
  });
});
