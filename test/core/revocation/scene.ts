import { revokeClient } from '../../../lambdas/core/admin/clients/revoke.ts';
import { writeConsentKey } from '../../../lambdas/core/admin/consents/consent-key.ts';
import { revokeConsent } from '../../../lambdas/core/admin/consents/revoke.ts';
import { revokePerson } from '../../../lambdas/core/admin/people/revoke.ts';
import { revokeSession } from '../../../lambdas/core/admin/sessions/revoke.ts';
import { grantLiveness } from '../../../lambdas/core/resource/grant-liveness.ts';
import { administer } from '../admin/clients/scene.ts';
import { todos } from '../fixtures.ts';
import { heldOf } from '../grants/flow.ts';
import type { House } from '../house.ts';

/** Whose access an administrator ends. */
export interface Access {
  readonly gid: string;
  readonly sub: string;
  readonly clientId: string;
}

type End = (house: House, access: Access) => Promise<unknown>;

/** Each way of an administrator to end a session; the operations themselves. */
export const endings: readonly (readonly [string, End])[] = [
  ['session', (house, { gid }) => administer(house).run(revokeSession, { key: gid })],
  ['consent', endConsent],
  ['client', (house, { clientId }) => administer(house).run(revokeClient, { key: clientId })],
  ['person', (house, { sub }) => administer(house).run(revokePerson, { key: sub })],
];

/** Those that leave a mark, and no trace in the grant. */
export const marks = endings.slice(1);

async function endConsent(house: House, { sub, clientId }: Access): Promise<void> {
  const { deps, run } = administer(house);
  const resource = todos.resource;
  const known = { sub, clientId, resource, scopes: ['todos:read'], redirectUris: [], updatedAt: deps.clock.now() };
  await house.deps.consents.remember(known);
  await run(revokeConsent, { key: writeConsentKey(known) });
}

/** Ends what the house's person gave its client, or all of either, and a second passes. */
export async function endAll(
  house: House,
  what: 'consent' | 'client' | 'person',
  clientId = house.client.clientId,
): Promise<void> {
  const [, end] = endings.find(([name]) => name === what) as (typeof endings)[number];
  await end(house, { gid: '', sub: house.person.sub, clientId });
  house.deps.clock.forward(1);
}

/** A guard's memory of grants. @param seconds for which it believes an answer; 0: it always asks */
export function guardOf({ deps }: House, seconds = 0): (accessToken: string) => Promise<boolean> {
  const isAlive = grantLiveness({ ...deps, seconds });
  return (accessToken) => isAlive(heldOf(accessToken));
}
