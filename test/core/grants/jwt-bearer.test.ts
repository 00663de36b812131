import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { exchangeToken } from '../../../lambdas/core/grants/exchange-token.ts';
import { DocumentError } from '../../../lambdas/core/ports/documents.ts';
import { grantLiveness } from '../../../lambdas/core/resource/grant-liveness.ts';
import { form, issuer, mail, refusal, todos } from '../fixtures.ts';
import { useHouse } from '../house.ts';
import type { Claims } from '../id-jag/enterprise.ts';
import { enterprise, enterpriseOf, jwtBearer } from '../id-jag/enterprise.ts';
import { claimsOf, heldOf } from './flow.ts';

const newHouse = useHouse();

describe('X-EMA2 X-EMA3 an ID-JAG of a trusted issuer', () => {
  test('becomes an access token for its resource, without a refresh token', async () => {
    const { present, assertion, client } = await enterpriseOf(await newHouse());
    const answer = await present(await assertion());
    expect(answer).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'todos:read' });
    expect(answer).not.toHaveProperty('refresh_token');
    expect(claimsOf(answer.access_token)).toMatchObject({
      aud: todos.resource,
      client_id: client.clientId,
      scope: 'todos:read',
    });
  });

  test('D9 has a grant that can be revoked, with the address of the person', async () => {
    const { present, assertion, deps } = await enterpriseOf(await newHouse());
    const answer = await present(await assertion({ email: 'ada@enterprise.example', name: 'Ada' }));
    const gid = String(claimsOf(answer.access_token)['gid']);
    expect(await deps.grants.find(gid)).toMatchObject({
      state: 'active',
      refreshable: false,
      email: 'ada@enterprise.example',
      personName: 'Ada',
    });
    await deps.grants.revoke(gid, deps.clock.now() + 3600);
    expect(await grantLiveness({ ...deps, seconds: 0 })(heldOf(answer.access_token))).toBe(false);
  });

  test('its subject cannot be taken for a person of the own provider, who keeps the name', async () => {
    const house = await newHouse();
    const foreign = await enterpriseOf(house);
    const foreignSub = claimsOf((await foreign.present(await foreign.assertion())).access_token)['sub'];
    expect(foreignSub).toBe(`${enterprise}|ada`);
    const own = await enterpriseOf(house, { issuer: house.deps.upstreamIssuer });
    const jwt = await own.assertion({ iss: house.deps.upstreamIssuer });
    expect(claimsOf((await own.present(jwt)).access_token)['sub']).toBe('ada');
  });

  test.each([
    ['the audience with a slash at the end', { aud: `${issuer}/` }],
    ['the audience in an array', { aud: [issuer] }],
    ['the resource with a slash at the end (pain 7)', { resource: `${todos.resource}/` }],
    ['several resources: the first', { resource: [todos.resource, mail.resource] }],
    ['a clock 20 seconds ahead', { iat: Math.floor(1_795_262_400) + 20 }],
  ] as [string, Claims][])('may have %s', async (_, claims) => {
    const { present, assertion } = await enterpriseOf(await newHouse());
    expect(claimsOf((await present(await assertion(claims))).access_token)['aud']).toBe(todos.resource);
  });

  test('of several resources the one that is asked', async () => {
    const { present, assertion } = await enterpriseOf(await newHouse());
    const jwt = await assertion({ resource: [todos.resource, mail.resource], scope: 'todos:read mail:read' });
    const answer = await present(jwt, { resource: mail.resource });
    expect(claimsOf(answer.access_token)).toMatchObject({ aud: mail.resource, scope: 'mail:read' });
  });

  test('a resource that it does not name is invalid_target, and costs nothing', async () => {
    const { present, assertion } = await enterpriseOf(await newHouse());
    const jwt = await assertion();
    expect((await refusal(() => present(jwt, { resource: mail.resource }))).code).toBe('invalid_target');
    expect(await present(jwt)).toHaveProperty('access_token');
  });
});

describe('X-EMA3 scope: what is asked, what the assertion says, and what the administrator allows the issuer', () => {
  test.each([
    ['nothing asked: what the assertion says', 'todos:read', undefined, undefined, 'todos:read'],
    ['asked narrower than the assertion', 'todos:write', 'todos:read', undefined, 'todos:read'],
    ['asked wider than the assertion', 'todos:read', 'todos:read todos:write', undefined, 'todos:read'],
    ['an assertion that says nothing', undefined, undefined, undefined, 'todos:read todos:write'],
    ['an assertion wider than the issuer may', 'todos:write', undefined, ['todos:read'], 'todos:read'],
    ['an assertion that says nothing, with a limit', undefined, undefined, ['todos:read'], 'todos:read'],
  ])('%s', async (_, scope, asked, scopes, given) => {
    const { present, assertion } = await enterpriseOf(await newHouse(), scopes ? { scopes } : {});
    expect((await present(await assertion({ scope }), { scope: asked })).scope).toBe(given);
  });

  test.each([
    ['an empty scope', '', undefined],
    ['only scopes that are unknown here', 'nonsense', undefined],
    ['asked for more, and only that', 'todos:read', 'todos:write'],
  ])('%s is invalid_scope, and costs nothing', async (_, scope, asked) => {
    const { present, assertion } = await enterpriseOf(await newHouse());
    expect((await refusal(async () => present(await assertion({ scope }), { scope: asked }))).code).toBe(
      'invalid_scope',
    );
    expect(await present(await assertion())).toHaveProperty('access_token');
  });
});

describe('X-EMA2 an ID-JAG counts once', () => {
  test('the second use is invalid_grant and leaves a trace', async () => {
    const { present, assertion, deps } = await enterpriseOf(await newHouse());
    const jwt = await assertion();
    await present(jwt);
    expect(await refusal(() => present(jwt))).toMatchObject({ code: 'invalid_grant', reason: 'id_jag_replayed' });
    expect(deps.audit.types()).toContain('id_jag.replayed');
  });

  test('of 20 parallel uses exactly one is answered', async () => {
    const { present, assertion } = await enterpriseOf(await newHouse());
    const jwt = await assertion();
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => present(jwt)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('also when it is signed again with the same jti', async () => {
    const { present, assertion } = await enterpriseOf(await newHouse());
    await present(await assertion({ jti: 'one' }));
    const again = await assertion({ jti: 'one', scope: 'todos:write' });
    expect((await refusal(() => present(again))).reason).toBe('id_jag_replayed');
  });

  test('the same jti of another issuer is another one', async () => {
    const house = await newHouse();
    const [one, two] = [await enterpriseOf(house), await enterpriseOf(house, { issuer: 'https://two.example' })];
    await one.present(await one.assertion({ jti: 'same' }));
    expect(await two.present(await two.assertion({ iss: 'https://two.example', jti: 'same' }))).toHaveProperty('scope');
  });

  test('a refused one is not spent by a stranger before its client comes', async () => {
    const house = await newHouse();
    const [one, two] = [await enterpriseOf(house), await enterpriseOf(house)];
    const jwt = await one.assertion();
    expect((await refusal(() => two.present(jwt))).reason).toBe('id_jag_client');
    expect(await one.present(jwt)).toHaveProperty('access_token');
  });
});

describe('X-EMA2 what is refused as invalid_grant', () => {
  const now = 1_795_262_400;
  test.each([
    ['the issuer is not trusted', { iss: 'https://evil.example' }, 'issuer'],
    ['the issuer differs by a slash', { iss: `${enterprise}/` }, 'issuer'],
    ['it has no issuer', { iss: undefined }, 'iss'],
    ['it has no subject', { sub: undefined }, 'sub'],
    ['it is for another server', { aud: 'https://other.example' }, 'audience'],
    ['it is for this server and another', { aud: [issuer, 'https://other.example'] }, 'audience'],
    ['it is for the token endpoint', { aud: `${issuer}/token` }, 'audience'],
    ['it has no audience', { aud: undefined }, 'audience'],
    ['it is for another client', { client_id: 'somebody' }, 'client'],
    ['it names no client', { client_id: undefined }, 'client_id'],
    ['it has no jti', { jti: undefined }, 'jti'],
    ['it has no resource', { resource: undefined }, 'resource'],
    ['its resource is unknown here', { resource: 'https://other.example/mcp' }, 'resource'],
    ['its resource is no text', { resource: 7 }, 'resource'],
    ['its scope is an array', { scope: ['todos:read'] }, 'scope'],
    ['it has expired', { exp: now - 31 }, 'expired'],
    ['it has no expiry', { exp: undefined }, 'exp'],
    ['it lives for a day', { exp: now + 86_400 }, 'long_lived'],
    ['it is from the future', { iat: now + 31 }, 'iat'],
    ['it has no iat', { iat: undefined }, 'iat'],
    ['it is not valid yet', { nbf: now + 31 }, 'nbf'],
  ] as [string, Claims, string][])('%s', async (_, claims, reason) => {
    const { present, assertion } = await enterpriseOf(await newHouse());
    const error = await refusal(async () => present(await assertion(claims)));
    expect(error).toMatchObject({ code: 'invalid_grant', reason: `id_jag_${reason}` });
  });

  test.each(['JWT', 'at+jwt', undefined, 'client-authentication+jwt'])('its typ is %s', async (typ) => {
    const { present, assertion } = await enterpriseOf(await newHouse());
    const error = await refusal(async () => present(await assertion({}, { typ })));
    expect(error).toMatchObject({ code: 'invalid_grant', reason: 'id_jag_type' });
  });

  test('another key than its issuer’s signed it', async () => {
    const { present, assertion } = await enterpriseOf(await newHouse());
    const { privateKey } = await generateKeyPair('ES256');
    const error = await refusal(async () => present(await assertion({}, {}, privateKey)));
    expect(error).toMatchObject({ code: 'invalid_grant', reason: 'id_jag_signature' });
  });

  test('it is not signed at all', async () => {
    const { present } = await enterpriseOf(await newHouse());
    const jwt = new UnsecuredJWT({ iss: enterprise }).encode();
    expect((await refusal(() => present(jwt))).code).toBe('invalid_grant');
  });

  test('it is signed by a secret, be it the public key itself', async () => {
    const { present } = await enterpriseOf(await newHouse());
    const jwt = await new SignJWT({ iss: enterprise })
      .setProtectedHeader({ alg: 'HS256', typ: 'oauth-id-jag+jwt' })
      .sign(Buffer.alloc(32, 1));
    expect(await refusal(() => present(jwt))).toMatchObject({ code: 'invalid_grant', reason: 'id_jag_algorithm' });
  });

  test.each(['x', 'a.b.c', 'eyJhbGciOiJub25lIn0.e30.'])('it is no signed JWT: %s', async (jwt) => {
    const { present } = await enterpriseOf(await newHouse());
    expect((await refusal(() => present(jwt))).code).toBe('invalid_grant');
  });

  test('there is none: invalid_request', async () => {
    const { present } = await enterpriseOf(await newHouse());
    expect((await refusal(() => present(undefined))).code).toBe('invalid_request');
  });
});

describe('X-EMA the keys of the issuer', () => {
  test('that cannot be had now: the client may come again, and its assertion is not spent', async () => {
    const { present, assertion, deps } = await enterpriseOf(await newHouse());
    const jwt = await assertion();
    const find = deps.issuerKeys.find;
    deps.issuerKeys.find = async () => {
      throw new DocumentError('unavailable', 'no answer');
    };
    expect((await refusal(() => present(jwt))).code).toBe('temporarily_unavailable');
    deps.issuerKeys.find = find;
    expect(await present(jwt)).toHaveProperty('access_token');
  });

  test('are asked for again when none of them signed', async () => {
    const { present, assertion, deps } = await enterpriseOf(await newHouse());
    const keys = await deps.issuerKeys.find();
    const asked: unknown[] = [];
    deps.issuerKeys.find = (async (_issuer: unknown, options?: { fresh?: boolean }) => {
      asked.push(options?.fresh ?? false);
      return options?.fresh ? keys : [];
    }) as typeof deps.issuerKeys.find;
    expect(await present(await assertion())).toHaveProperty('access_token');
    expect(asked).toEqual([false, true]);
  });
});

describe('X-EMA1 who may use it', () => {
  test('nobody where no issuer is trusted: the grant type does not exist', async () => {
    const house = await newHouse();
    const { assertion, client } = await enterpriseOf(house);
    const params = form({ grant_type: jwtBearer, client_id: client.clientId, assertion: await assertion() });
    expect((await refusal(() => exchangeToken({ params }, house.deps))).code).toBe('unsupported_grant_type');
  });

  test('a client with a metadata document that proves who it is', async () => {
    const { present, assertion } = await enterpriseOf(await newHouse(), {}, { kind: 'metadata-document' });
    expect(await present(await assertion())).toHaveProperty('access_token');
  });

  test('not a client that registered itself', async () => {
    const { present, assertion } = await enterpriseOf(await newHouse(), {}, { kind: 'dynamic' });
    const error = await refusal(async () => present(await assertion()));
    expect(error).toMatchObject({ code: 'unauthorized_client', reason: 'client_kind' });
  });

  test('not a public client', async () => {
    const { present, assertion } = await enterpriseOf(await newHouse(), {}, { tokenEndpointAuthMethod: 'none' });
    const error = await refusal(async () => present(await assertion(), { client_secret: undefined }));
    expect(error).toMatchObject({ code: 'unauthorized_client', reason: 'public_client' });
  });
});
