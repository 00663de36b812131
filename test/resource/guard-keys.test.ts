import { describe, expect, test } from 'vitest';
import { callerSchema } from '../../lambdas/contract/caller.ts';
import { writeKeyText } from '../../lambdas/core/api-keys/key-text.ts';
import { revokeApiKey } from '../../lambdas/core/api-keys/revoke-api-key.ts';
import { only, useKeyHouse } from '../core/api-keys/key-house.ts';
import { mint } from './forge.ts';
import { bearer, forged, header, openGate, pair } from './key-gate.ts';

const newHouse = useKeyHouse();
const newGate = (house = newHouse(), seconds = 60) => openGate(house, seconds);

describe('F-B3 F-B6 a good key passes, in either header, beside tokens', () => {
  test.each([
    ['Authorization: Bearer', bearer],
    ['X-API-Key', header],
    ['X-API-Key with space around', (secret: string) => ({ 'X-Api-Key': ` ${secret} ` })],
  ])('%s', async (_, headers) => {
    const { create, owner, ask } = newGate();
    const { key, secret } = await create({ expires: '30d' });
    const { principalId, context, policyDocument } = await ask(headers(secret));
    expect(principalId).toBe(owner);
    expect(policyDocument.Statement).toMatchObject([{ Effect: 'Allow' }]);
    expect(callerSchema.parse(context)).toEqual({
      sub: owner,
      clientId: `key:${key.keyId}`,
      gid: `key:${key.keyId}`,
      scope: 'todos:read',
      exp: String(key.expiresAt),
      server: 'todos',
      keyId: key.keyId,
    });
  });

  test('a token passes on the same URL', async () => {
    const { passes } = newGate();
    await passes(bearer(await mint(pair)));
  });

  test('a key for a program is a subject of its own, a key without end has none', async () => {
    const { create, ask } = newGate();
    const { key, secret } = await create({ expires: 'never' }, { actsAs: 'program' });
    const { context } = await ask(header(secret));
    expect(context).toMatchObject({ sub: `key:${key.keyId}` });
    expect(context).not.toHaveProperty('exp');
  });

  test('F-B1 tools and paths reach the server whole', async () => {
    const { create, ask } = newGate();
    const paths = ['workspace/a"b', 'ä'];
    const { secret } = await create({ servers: ['notes'], permissions: ['tool:share_note'], paths });
    const { context } = await ask(header(secret), '/notes');
    expect(context).toMatchObject({ scope: '', tools: '["share_note"]' });
    expect(JSON.parse(String(context?.['paths']))).toEqual(paths);
  });
});

describe('F-B3 401: what is no good key, always the same to the outside', () => {
  test('no key, or a mistyped one, costs no call', async () => {
    const { create, reasonOf, asked } = newGate();
    const { secret } = await create();
    for (const wrong of [
      `${secret.slice(0, -1)}_`,
      secret.slice(0, -1),
      'gh_',
      'gh_dev_x',
      'abc',
      '',
      secret.toLowerCase(),
    ]) {
      expect(await reasonOf(header(wrong))).toBe('key_malformed');
    }
    expect(await reasonOf(bearer('gh_dev_x'))).toBe('key_malformed');
    expect(await reasonOf(header(await mint(pair)))).toBe('key_malformed');
    const { text } = writeKeyText('production', new Uint8Array(12), new Uint8Array(32));
    expect(await reasonOf(header(text))).toBe('key_other_stage');
    expect(asked).toEqual({ find: 0, latest: 0, noteUse: 0 });
  });

  test('a key that never was, or the right id with another secret', async () => {
    const { create, reasonOf, log } = newGate();
    const { key } = await create();
    const guess = writeKeyText('development', new Uint8Array(12), new Uint8Array(32));
    expect(await reasonOf(header(guess.text))).toBe('key_unknown');
    const wrong = guess.text.replace(guess.keyId, key.keyId);
    expect(await reasonOf(header(wrong))).toBe('key_malformed');
    const { text } = forged(key.keyId);
    expect(await reasonOf(header(text))).toBe('key_wrong');
    expect(log).toMatchObject([{ clientId: `key:${key.keyId}` }]);
    expect(log[0]).not.toHaveProperty('sub');
  });

  test('two credentials, or one twice: nobody can say which counts', async () => {
    const { create, reasonOf } = newGate();
    const { secret } = await create();
    for (const headers of [
      { ...bearer(secret), ...header(secret) },
      { ...bearer(await mint(pair)), ...header(secret) },
      { authorization: '', ...header(secret) },
      { 'x-api-key': [secret, secret] },
      { 'x-api-key': secret, 'X-API-Key': secret },
      { authorization: [`Bearer ${secret}`, `Bearer ${secret}`] },
    ]) {
      expect(await reasonOf(headers)).toBe('malformed_credential');
    }
  });

  test.each(['DPoP', 'Basic', 'Token', 'gh'])('the scheme %s is none for keys', async (scheme) => {
    const { create, reasonOf } = newGate();
    const { secret } = await create();
    expect(await reasonOf({ authorization: `${scheme} ${secret}` })).toBe('malformed_credential');
  });

  test('expired, exactly when its second comes', async () => {
    const { create, clock, passes, reasonOf } = newGate();
    const { secret } = await create({ expires: '7d' });
    clock.forward(7 * 86_400 - 1);
    await passes(header(secret));
    clock.forward(1);
    expect(await reasonOf(header(secret))).toBe('key_expired');
  });

  test('F-B4 revoked: dead within 60 seconds, and never back', async () => {
    const { create, deps, owner, clock, passes, reasonOf } = newGate();
    const { key, secret } = await create();
    await passes(header(secret));
    await revokeApiKey(key.keyId, { by: owner }, deps);
    clock.forward(59);
    await passes(header(secret));
    clock.forward(1);
    expect(await reasonOf(header(secret))).toBe('key_revoked');
    clock.forward(86_400);
    expect(await reasonOf(header(secret))).toBe('key_revoked');
  });

  test('F-B4 revoked: dead at once for an instance that has not seen it', async () => {
    const { create, deps, owner, reasonOf } = newGate();
    const { key, secret } = await create();
    await revokeApiKey(key.keyId, { by: owner }, deps);
    expect(await reasonOf(header(secret))).toBe('key_revoked');
  });

  test('F-D1 with all that its owner had: dead within 60 seconds, also a key for a program', async () => {
    const { create, deps, owner, clock, passes, reasonOf } = newGate();
    const { secret } = await create({}, { actsAs: 'program' });
    await passes(header(secret));
    clock.forward(5);
    await deps.revocations.revoke({ kind: 'person', sub: owner }, clock.now());
    clock.forward(55);
    expect(await reasonOf(header(secret))).toBe('key_owner_revoked');
    const later = await create({ name: 'Later' });
    await passes(header(later.secret));
  });

  test('where the memory is 0, the table is asked each time', async () => {
    const { create, deps, owner, passes, reasonOf } = newGate(newHouse(), 0);
    const { key, secret } = await create();
    await passes(header(secret));
    await revokeApiKey(key.keyId, { by: owner }, deps);
    expect(await reasonOf(header(secret))).toBe('key_revoked');
  });
});

describe('which server', () => {
  test('F-B6 RS-09 a key of another server is 403 in words, without a challenge that leads to a sign-in', async () => {
    const { create, ask, log } = newGate();
    const { key, secret } = await create();
    const { policyDocument, context } = await ask(header(secret), '/notes');
    expect(policyDocument.Statement).toMatchObject([{ Effect: 'Deny' }]);
    const description = 'This API key does not open the server notes. Ask for a key that names it.';
    expect(context).toEqual({
      challenge: `Bearer realm="notes", error_description="${description}"`,
      error: 'access_denied',
      description,
    });
    expect(log).toMatchObject([{ type: 'access.refused', reason: 'key_other_server', clientId: `key:${key.keyId}` }]);
  });

  test('a server that takes no keys refuses all of them alike', async () => {
    const { create, reasonOf } = newGate();
    const { secret } = await create();
    expect(await reasonOf(header(secret), '/closed')).toBe('keys_refused');
    expect(await reasonOf(header('nonsense'), '/closed')).toBe('keys_refused');
  });

  test('a server that takes keys only refuses tokens', async () => {
    const { reasonOf, create, passes } = newGate();
    expect(await reasonOf(bearer(await mint(pair, { aud: only.resource })), '/only')).toBe('keys_only');
    expect(await reasonOf({}, '/only')).toBe('no_credential');
    const { secret } = await create({ servers: ['only'] });
    await passes(header(secret), '/only');
  });
});

describe('F-E2 a tool that the key does not open', () => {
  const call = (tool: string) => ({ 'mcp-method': 'tools/call', 'mcp-name': tool });

  test('is 403 and says which permission the key lacks', async () => {
    const { create, ask, log } = newGate();
    const { secret } = await create();
    const { context, policyDocument } = await ask({ ...header(secret), ...call('delete_todo') });
    expect(policyDocument.Statement).toMatchObject([{ Effect: 'Deny' }]);
    expect(context).toEqual({
      challenge: 'Bearer realm="todos", error_description="This API key lacks the permission todos:delete."',
      error: 'access_denied',
      description: 'This API key lacks the permission todos:delete.',
    });
    expect(log).toMatchObject([{ type: 'tool.refused', tool: 'delete_todo', scopes: ['todos:delete'] }]);
  });

  test('of a key for single tools, also one that needs no scope; whatever its name, nothing is injected', async () => {
    const { create, ask } = newGate();
    const { secret } = await create({ permissions: ['tool:list_todos'] });
    expect((await ask({ ...header(secret), ...call('list_todos') })).policyDocument.Statement).toMatchObject([
      { Effect: 'Allow' },
    ]);
    const { context } = await ask({ ...header(secret), ...call('whoami') });
    expect(context?.['description']).toBe('This API key lacks the permission tool:whoami.');
    const hostile = `=?base64?${Buffer.from('x", error="y\r\nSet-Cookie: a').toString('base64')}?=`;
    const answer = await ask({ ...header(secret), ...call(hostile) });
    expect(answer.context?.['description']).toBe('This API key lacks a permission for this tool.');
    expect(JSON.stringify(answer.context)).not.toContain('Cookie');
  });

  test('F-G3 a call that passes is recorded as that of the key', async () => {
    const { create, ask, log } = newGate();
    const { key, secret } = await create();
    await ask({ ...header(secret), ...call('get_todo') });
    expect(log).toMatchObject([{ type: 'tool.called', clientId: `key:${key.keyId}`, scopes: ['todos:read'] }]);
  });
});
