import { expect, test } from 'vitest';
import { endPerson } from '../../../lambdas/core/admin/revoke/end-person.ts';
import { apiKeyVerifier } from '../../../lambdas/core/resource/verify-api-key.ts';
import { useKeyHouse } from '../api-keys/key-house.ts';

const newHouse = useKeyHouse();
const consentList = { list: async () => ({ items: [] }), remove: async () => false };

function scene() {
  const house = newHouse();
  const { deps, owner } = house;
  const verify = apiKeyVerifier({ ...deps, seconds: 0 });
  return {
    ...house,
    reasonOf: async (secret: string) => (await verify(secret)).reason,
    end: () => endPerson(owner, { sub: 'ada' }, { ...deps, consentList }),
  };
}

test('D9 F-D6 the API keys of a person die with everything else, for ever, and new ones live', async () => {
  const { create, clock, reasonOf, end } = scene();
  const { secret } = await create({ expires: 'never' });
  clock.forward(1);
  expect(await reasonOf(secret)).toBeUndefined();
  await end();
  clock.forward(1);
  const anew = await create({ name: 'Another', expires: 'never' });
  expect(await reasonOf(anew.secret)).toBeUndefined();
  clock.forward(10 * 365 * 86_400);
  expect(await reasonOf(secret)).toBe('key_owner_revoked');
});

test('D9 F-D6 a key that was on its way while everything ended is dead at birth', async () => {
  const { create, clock, reasonOf, end } = scene();
  const begunAt = clock.now();
  clock.forward(2);
  await end();
  clock.forward(2);
  const { key, secret } = await create({ expires: '7d' }, { begunAt });
  expect(key).toMatchObject({ createdAt: begunAt, expiresAt: begunAt + 7 * 86_400 });
  expect(await reasonOf(secret)).toBe('key_owner_revoked');
});
