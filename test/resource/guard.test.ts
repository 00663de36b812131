import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { beforeAll, describe, expect, test } from 'vitest';
import { callerSchema } from '../../lambdas/contract/caller.ts';
import { grantLiveness } from '../../lambdas/core/resource/grant-liveness.ts';
import type { Grant } from '../../lambdas/core/grant.ts';
import type { AuditEvent } from '../../lambdas/core/ports/audit.ts';
import { createGuard } from '../../lambdas/http/guard.ts';
import { issuer, keyPair, mint, noKeys, now, publish, server } from './forge.ts';
import type { KeyPair } from './forge.ts';

const methodArn = 'arn:aws:execute-api:eu-central-1:111122223333:api/v1/POST/mcp';
const other = { ...server, id: 'notes', path: '/mcp/notes', resource: `${issuer}/mcp/notes`, scopes: [] };
const challenge = (scopes: string) =>
  'Bearer error="insufficient_scope", ' +
  'error_description="This tool needs a scope that the access token does not carry.", ' +
  `scope="${scopes}", resource_metadata="${issuer}/.well-known/oauth-protected-resource/mcp"`;

let pair: KeyPair;
let token: string;

beforeAll(async () => {
  pair = await keyPair('RS256', 'rsa-1');
  token = await mint(pair);
});

type Headers = Record<string, string | string[]>;

function eventOf(headers: Headers, change: Partial<APIGatewayRequestAuthorizerEvent> = {}) {
  const lines = Object.entries(headers).map(([name, value]) => [name, [value].flat()] as const);
  return {
    type: 'REQUEST',
    methodArn,
    path: '/mcp',
    headers: Object.fromEntries(lines.map(([name, values]) => [name, values.at(-1)])),
    multiValueHeaders: Object.fromEntries(lines),
    queryStringParameters: null,
    ...change,
  } as unknown as APIGatewayRequestAuthorizerEvent;
}

function gate(state: Grant['state'] | 'away' = 'active') {
  const log: AuditEvent[] = [];
  const clock = { now: () => now };
  const grantStates = {
    look: async () => {
      if (state === 'away') throw new Error('table away');
      const grant = { state, createdAt: now - 100, expiresAt: now + 100 } as Grant;
      return { grant, revokedBefore: 0, holderRevokedBefore: 0 };
    },
  };
  const guard = createGuard({
    issuer,
    servers: [server, other],
    ...noKeys,
    keys: publish([pair.key]),
    isAlive: grantLiveness({ grantStates, clock, seconds: 0 }),
    clock,
    audit: { record: (event) => void log.push(event) },
  });
  const ask = (headers: Headers, change?: Partial<APIGatewayRequestAuthorizerEvent>) => guard(eventOf(headers, change));
  return { ask, log };
}

async function refused(headers: Headers, change?: Partial<APIGatewayRequestAuthorizerEvent>): Promise<string> {
  const { ask, log } = gate();
  await expect(ask(headers, change)).rejects.toThrow(/^Unauthorized$/);
  expect(log).toHaveLength(1);
  expect(JSON.stringify(log)).not.toContain('eyJ');
  return log[0]?.reason ?? '';
}

describe('a good token passes', () => {
  test('and the MCP server learns who calls', async () => {
    const { ask, log } = gate();
    const answer = await ask({ Authorization: `Bearer ${token}` });
    expect(answer.principalId).toBe('alice');
    expect(answer.policyDocument.Statement).toEqual([
      { Action: 'execute-api:Invoke', Effect: 'Allow', Resource: methodArn },
    ]);
    expect(callerSchema.parse(answer.context)).toEqual({
      sub: 'alice',
      clientId: 'client-1',
      scope: 'todos:read',
      gid: 'grant-1',
      exp: String(now + 3600),
      server: 'todos',
    });
    expect(log).toEqual([]);
  });

  test('AS-54 with the authorization details of the token, as JSON and whole', async () => {
    const details = [{ type: 'mcp_tools', path: 'ä"\\', tools: ['a'] }];
    const narrowed = await mint(pair, { authorization_details: details });
    const { context } = await gate().ask({ Authorization: `Bearer ${narrowed}` });
    expect(JSON.parse(callerSchema.parse(context).authorizationDetails ?? '')).toEqual(details);
  });

  test.each<{ details: unknown }>([
    { details: 'x' },
    { details: {} },
    { details: [1] },
    { details: [{}] },
    { details: [{ type: 1 }] },
    { details: null },
  ])('AS-54 authorization details that nobody can read let nobody pass: %j', async ({ details }) => {
    const broken = await mint(pair, { authorization_details: details });
    expect(await refused({ authorization: `Bearer ${broken}` })).toBe('authorization_details');
  });

  test('F-E5 with the paths to which its details narrow it; a malformed one lets nobody pass', async () => {
    const detail = (paths: unknown) => mint(pair, { authorization_details: [{ type: 'mcp_paths', paths }] });
    const { context } = await gate().ask({ authorization: `Bearer ${await detail(['a/b', 'c'])}` });
    expect(JSON.parse(callerSchema.parse(context).paths ?? '')).toEqual(['a/b', 'c']);
    expect(await refused({ authorization: `Bearer ${await detail(['a/../b'])}` })).toBe('mcp_paths');
    expect(await refused({ authorization: `Bearer ${await detail([])}` })).toBe('mcp_paths');
  });

  test.each(['bearer', 'BEARER', 'Bearer', 'bEaReR'])('RS-06 the scheme name ignores case: %s', async (scheme) => {
    expect((await gate().ask({ authorization: `${scheme}  ${token}` })).principalId).toBe('alice');
  });

  test('where API Gateway gives single headers only', async () => {
    const event = { headers: { AUTHORIZATION: `Bearer ${token}` }, multiValueHeaders: null };
    expect((await gate().ask({}, event)).principalId).toBe('alice');
  });

  test('on paths below the endpoint', async () => {
    expect((await gate().ask({ authorization: `Bearer ${token}` }, { path: '/mcp/x' })).principalId).toBe('alice');
  });
});

describe('401: what the client can cure by signing in', () => {
  test('RS-01 no credential', async () => expect(await refused({})).toBe('no_credential'));

  test('RS-06 a token in the query string is no credential', async () => {
    const change = {
      queryStringParameters: { access_token: token },
      multiValueQueryStringParameters: { token: [token] },
    };
    expect(await refused({}, change)).toBe('no_credential');
  });

  test.each([
    'Bearer',
    'Bearer ',
    'Basic YTpi',
    'DPoP',
    'DPoP a b',
    'Bearer a b',
    'Bearer abc, Bearer def',
    'Bearerabc',
    'abc',
    '',
    'Bearer\tabc',
    'Bearer ab\u00e9',
  ])('malformed: %j', async (authorization) => expect(await refused({ authorization })).toBe('malformed_credential'));

  test('two Authorization headers, even the same one twice', async () => {
    const twice = [`Bearer ${token}`, `Bearer ${token}`];
    expect(await refused({ authorization: twice })).toBe('malformed_credential');
    expect(await refused({ authorization: twice[0] ?? '', Authorization: twice[1] ?? '' })).toBe(
      'malformed_credential',
    );
  });

  test('RS-05 every rule of the token, with its own reason in the log', async () => {
    expect(await refused({ authorization: 'Bearer garbage' })).toBe('malformed');
    expect(await refused({ authorization: `Bearer ${await mint(pair, { exp: now })}` })).toBe('expired');
    expect(await refused({ authorization: `Bearer ${await mint(pair, { iss: 'https://x' })}` })).toBe('issuer');
  });

  test('RS-09 the token of one server does not open another, wherever their paths nest', async () => {
    const notes = await mint(pair, { aud: other.resource });
    expect(await refused({ authorization: `Bearer ${token}` }, { path: '/mcp/notes' })).toBe('audience');
    expect(await refused({ authorization: `Bearer ${token}` }, { path: '/mcp/notes/x' })).toBe('audience');
    expect(await refused({ authorization: `Bearer ${notes}` }, { path: '/mcp' })).toBe('audience');
    const answer = await gate().ask({ authorization: `Bearer ${notes}` }, { path: '/mcp/notes' });
    expect(answer.context?.['server']).toBe('notes');
  });

  test.each(['/', '/mcpx', '/other/mcp', ''])('a path that belongs to no server: %j', async (path) =>
    expect(await refused({ authorization: `Bearer ${token}` }, { path })).toBe('unknown_server'),
  );

  test.each(['revoked', 'code'] as const)('D9 the token of a grant that is %s', async (state) => {
    const { ask, log } = gate(state);
    await expect(ask({ authorization: `Bearer ${token}` })).rejects.toThrow(/^Unauthorized$/);
    const who = { server: 'todos', sub: 'alice', clientId: 'client-1', gid: 'grant-1' };
    expect(log).toEqual([{ type: 'access.refused', decision: 'refused', reason: 'grant_dead', ...who }]);
  });
});

test('500, never an open door, where the table cannot be read', async () => {
  const { ask } = gate('away');
  await expect(ask({ authorization: `Bearer ${token}` })).rejects.toThrow('table away');
});

describe('RS-07 step-up', () => {
  const who = { server: 'todos', sub: 'alice', clientId: 'client-1', gid: 'grant-1' };
  const call = (tool: string, headers: Headers = {}) =>
    gate().ask({ authorization: `Bearer ${token}`, 'Mcp-Method': 'tools/call', 'Mcp-Name': tool, ...headers });
  const effect = (answer: Awaited<ReturnType<typeof call>>) => answer.policyDocument.Statement[0]?.Effect;
  const encoded = (text: string) => `=?base64?${Buffer.from(text).toString('base64')}?=`;

  test('a call beyond the scopes is denied, with one challenge for all of them', async () => {
    const { ask, log } = gate();
    const headers = { authorization: `Bearer ${token}`, 'mcp-method': 'tools/call', 'mcp-name': 'delete_todo' };
    const answer = await ask(headers);
    expect(effect(answer)).toBe('Deny');
    expect(answer.policyDocument.Statement).toMatchObject([{ Resource: methodArn }]);
    expect(answer.context).toEqual({
      challenge: challenge('todos:read todos:delete'),
      error: 'insufficient_scope',
      description: 'The access token lacks a scope. WWW-Authenticate names all that this call needs.',
    });
    expect(log).toEqual([
      {
        type: 'tool.refused',
        decision: 'refused',
        reason: 'insufficient_scope',
        tool: 'delete_todo',
        scopes: ['todos:read', 'todos:delete'],
        ...who,
      },
    ]);
  });

  test('F-G3 a call that the headers name is recorded once, with its tool', async () => {
    const { ask, log } = gate();
    await ask({ authorization: `Bearer ${token}`, 'mcp-method': 'tools/call', 'mcp-name': 'get_todo' });
    await ask({ authorization: `Bearer ${token}`, 'mcp-method': 'tools/list' });
    expect(log).toEqual([{ type: 'tool.called', tool: 'get_todo', scopes: ['todos:read'], ...who }]);
  });

  test('a call within the scopes, or of an open tool, passes', async () => {
    expect(effect(await call('get_todo'))).toBe('Allow');
    expect(effect(await call('whoami'))).toBe('Allow');
    expect(effect(await call('no_such_tool'))).toBe('Allow');
  });

  test('MS-03 the name may travel in base64', async () => {
    expect(effect(await call(encoded('delete_todo')))).toBe('Deny');
    expect(effect(await call(encoded('get_todo')))).toBe('Allow');
  });

  test.each([
    ['=?base64?%%%?=', 'Allow'],
    ['=?base64?/w==?=', 'Allow'],
    ['=?base64?ZGVsZXRlX3RvZG8?=', 'Allow'],
    ['  =?base64?ZGVsZXRlX3RvZG8=?= ', 'Deny'],
  ])('a name that is no canonical base64 is left to the MCP server, which refuses it: %j', async (name, expected) =>
    expect(effect(await call(name))).toBe(expected),
  );

  test('other methods need no tool scope', async () => {
    expect(effect(await call('delete_todo', { 'Mcp-Method': 'tools/list' }))).toBe('Allow');
  });

  test('a bad token is 401 before any scope is looked at', async () => {
    const dead = await mint(pair, { exp: now });
    await expect(call('delete_todo', { authorization: `Bearer ${dead}` })).rejects.toThrow('Unauthorized');
  });
});
