import { expect, test } from 'vitest';
import { issueCode } from '../../../lambdas/core/authorize/issue-code.ts';
import { challenge, lifetimes, refusal, todos } from '../fixtures.ts';
import { codeFor } from '../grants/flow.ts';
import { useHouse } from '../house.ts';

const newHouse = useHouse();

test('D5 the grant holds what the code is bound to, and neither salt nor code', async () => {
  const house = await newHouse();
  const { code, gid, salt } = await codeFor(house);
  const grant = await house.deps.grants.find(gid);
  const now = house.deps.clock.now();
  expect(grant).toMatchObject({
    state: 'code',
    clientId: house.client.clientId,
    sub: house.person.sub,
    resources: [todos.resource],
    codeChallenge: challenge,
    codeExpiresAt: now + lifetimes.authorizationCode,
    absoluteExpiresAt: now + lifetimes.refreshTokenAbsolute,
    refreshable: true,
  });
  expect(JSON.stringify(grant)).not.toContain(salt);
  expect(JSON.stringify(grant)).not.toContain(code);
});

test.each([
  ['another salt', 0, 'salt'],
  ['another client', 0, 'client'],
  ['the same, but too late', lifetimes.authorizationCode, 'none'],
] as const)('a second code for the same grant with %s is refused', async (_name, seconds, change) => {
  const house = await newHouse();
  const { deps, person, client, confidential } = house;
  const { gid, salt } = await codeFor(house);
  deps.clock.forward(seconds);
  const request = {
    clientId: client.clientId,
    redirectUri: 'https://client.example/cb',
    codeChallenge: challenge,
    resources: [todos.resource],
    scopes: ['todos:read'],
  };
  const again = {
    request,
    person,
    gid,
    scopes: request.scopes,
    client: change === 'client' ? confidential : client,
    salt: change === 'salt' ? 'A'.repeat(22) : salt,
    begunAt: deps.clock.now(),
  };
  expect((await refusal(() => issueCode(again, deps))).reason).toBe('already_answered');
});
