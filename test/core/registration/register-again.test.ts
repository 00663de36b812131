import { expect, test } from 'vitest';
import { authenticateClient } from '../../../lambdas/core/client-auth/authenticate-client.ts';
import { registerClient } from '../../../lambdas/core/registration/register-client.ts';
import { form, refusal } from '../fixtures.ts';
import { codeFor, redeem, refresh } from '../grants/flow.ts';
import { useHouse } from '../house.ts';

const newHouse = useHouse();
const body = { client_name: 'Wanderer', redirect_uris: ['https://client.example/cb'] };

/** Credentials belong to one authorization server, so whoever comes back from another one registers anew. */
async function registered(house: Awaited<ReturnType<typeof newHouse>>, method: string) {
  const { response } = await registerClient({ ...body, token_endpoint_auth_method: method }, house.deps);
  return { clientId: String(response['client_id']), secret: String(response['client_secret']) };
}

test('AS-35 a public client that registers again is who it was: its login goes on', async () => {
  const house = await newHouse();
  const { clientId } = await registered(house, 'none');
  const client = await house.deps.clients.find(clientId, house.deps.clock.now());
  const { code } = await codeFor(house, {}, client);
  const { refresh_token } = await redeem(house, code, { client_id: clientId });
  house.deps.clock.forward(86_400);
  expect((await registered(house, 'none')).clientId).toBe(clientId);
  expect(await refresh(house, refresh_token, { client_id: clientId })).toHaveProperty('refresh_token');
});

test('AS-35 a confidential client gets new credentials, and those of its first registration still work', async () => {
  const house = await newHouse();
  const both = [await registered(house, 'client_secret_post'), await registered(house, 'client_secret_post')];
  expect(new Set(both.flatMap(({ clientId, secret }) => [clientId, secret])).size).toBe(4);
  for (const { clientId, secret } of both) {
    const params = form({ client_id: clientId, client_secret: secret });
    expect((await authenticateClient({ params }, house.deps)).clientId).toBe(clientId);
  }
});

test('AS-35 the credentials of another authorization server are worth nothing here', async () => {
  const house = await newHouse();
  const params = form({ client_id: 'dcr_of-another-server', client_secret: 'its-secret' });
  expect((await refusal(() => authenticateClient({ params }, house.deps))).code).toBe('invalid_client');
});
