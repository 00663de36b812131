import { describe, expect, test } from 'vitest';
import { checkAuthorizationRequest } from '../../../lambdas/core/authorize/pipeline.ts';
import { clientsOf, goodRequest, HandClock, issuer, mail, publicClient, servers, todos } from '../fixtures.ts';
import type { Values } from './walk.ts';
import { openIdOnly } from './walk.ts';

async function check(changes: Values, repeated?: readonly [string, string]) {
  const params = goodRequest(changes);
  if (repeated) params.append(...repeated);
  const interactions = { findPushed: async () => undefined };
  const known = { clients: clientsOf(publicClient), interactions, clock: new HandClock(), servers, issuer };
  return checkAuthorizationRequest(params, known);
}

async function request(changes: Values) {
  const outcome = await check(changes);
  if (outcome.kind !== 'accepted') throw outcome.error;
  return outcome.request;
}

async function error(changes: Values, repeated?: readonly [string, string]) {
  const outcome = await check(changes, repeated);
  return outcome.kind === 'rejected' ? outcome.error : undefined;
}

describe('F-A8 identity scopes belong to no resource', () => {
  const all = todos.scopes.map(({ name }) => name);
  const userinfo = `${issuer}/userinfo`;

  test.each<[string, Values, readonly string[], readonly string[] | undefined, string]>([
    ['openid alone, no resource: sign-in only', { scope: 'openid', resource: undefined }, [], ['openid'], userinfo],
    ['with an unknown scope beside it', { scope: 'openid x:y', resource: undefined }, [], ['openid'], userinfo],
    [
      'the fallback of mcp-remote, with a resource: the default of the resource',
      { scope: 'openid email profile' },
      all,
      ['openid', 'profile', 'email'],
      todos.resource,
    ],
    ['with scopes of a server', { scope: 'openid todos:read' }, ['todos:read'], ['openid'], todos.resource],
    [
      'with scopes of the default server, no resource',
      { scope: 'todos:read openid', resource: undefined },
      ['todos:read'],
      ['openid'],
      todos.resource,
    ],
    [
      'email without openid counts for nothing',
      { scope: 'email todos:read' },
      ['todos:read'],
      undefined,
      todos.resource,
    ],
    ['no scope at all', { scope: undefined }, all, undefined, todos.resource],
    [
      'another server',
      { scope: 'openid', resource: mail.resource },
      ['mail:read', 'mail:send'],
      ['openid'],
      mail.resource,
    ],
  ])('%s', async (_name, changes, scopes, identityScopes, resource) => {
    const found = await request(changes);
    expect([found.scopes, found.identityScopes, found.resources]).toEqual([scopes, identityScopes, [resource]]);
  });

  test('email without openid is nothing that exists', async () => {
    expect((await error({ scope: 'email profile' }))?.code).toBe('invalid_scope');
  });
});

describe('OIDC Core §3.1.2.1 the parameters of sign-in', () => {
  test('an OpenID request has all of them', async () => {
    const more = { prompt: 'login consent', max_age: '60', login_hint: 'ada@x.example' };
    expect(await request({ ...openIdOnly, ...more })).toMatchObject({
      nonce: 'nonce-1',
      prompt: ['login', 'consent'],
      maxAge: 60,
      loginHint: 'ada@x.example',
    });
  });

  test('D8 a plain OAuth request has neither nonce nor login_hint, and its prompt=consent is ignored', async () => {
    const found = await request({ nonce: 'n', login_hint: 'ada', prompt: 'consent select_account', max_age: '0' });
    expect(found).not.toHaveProperty('nonce');
    expect(found).not.toHaveProperty('loginHint');
    expect(found).toMatchObject({ prompt: ['select_account'], maxAge: 0 });
  });

  test('values of prompt that nobody knows are ignored', async () => {
    expect(await request({ prompt: 'create' })).not.toHaveProperty('prompt');
  });

  test.each([
    ['prompt=none beside another', { prompt: 'none login' }, /^prompt=none stands alone/],
    ['prompt=none beside an unknown one', { prompt: 'create none' }, /^prompt=none stands alone/],
    ['max_age that is no number', { max_age: 'soon' }, /^max_age/],
    ['a negative max_age', { max_age: '-1' }, /^max_age/],
    ['max_age with a fraction', { max_age: '1.5' }, /^max_age/],
    ['a login_hint of 321 characters', { ...openIdOnly, login_hint: 'x'.repeat(321) }, /^login_hint is longer/],
    ['a login_hint with a line break', { ...openIdOnly, login_hint: 'ada\r\nx: y' }, /^login_hint contains/],
    ['a nonce of 513 characters', { ...openIdOnly, nonce: 'x'.repeat(513) }, /^nonce is longer/],
  ])('%s is invalid_request', async (_name, changes: Values, message) => {
    const found = await error(changes);
    expect(found?.code).toBe('invalid_request');
    expect(found?.message).toMatch(message);
  });

  test.each(['prompt', 'max_age', 'nonce', 'login_hint'])('AS-44 a repeated %s is refused', async (name) => {
    const found = await error({ ...openIdOnly, [name]: name === 'max_age' ? '1' : 'login' }, [name, '2']);
    expect(found?.code).toBe('invalid_request');
  });
});
