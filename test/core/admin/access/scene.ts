import { adminResources } from '../../../../lambdas/contract/admin/resources.ts';
import type { AdminHandler } from '../../../../lambdas/core/admin/admin-handler.ts';
import { todos } from '../../fixtures.ts';
import { codeFor, redeem } from '../../grants/flow.ts';
import type { House } from '../../house.ts';
import { administer } from '../clients/scene.ts';

/** Answer of a list. */
export interface List {
  readonly items: readonly Record<string, unknown>[];
  readonly next?: string;
}

/** A house under administration, with a way to sign people in. */
export function open(house: House) {
  const scene = administer(house);
  const by = { person: house.person.sub };
  return {
    ...scene,
    house,
    list: async (handler: AdminHandler, input: Record<string, string> = by, limit = 100, cursor?: string) =>
      (await scene.run(handler, { input, page: { limit, cursor } })) as unknown as List,
    signIn: async (from: House = house) => {
      const { code, gid } = await codeFor(from);
      await redeem(from, code);
      return gid;
    },
    /** Consents to the house's client. */
    allow: (resource = todos.resource, sub = house.person.sub, clientId = house.client.clientId) => {
      const known = { sub, clientId, resource, scopes: ['todos:read'], redirectUris: ['https://client.example/cb'] };
      return house.deps.consents.remember({ ...known, updatedAt: house.deps.clock.now() });
    },
  };
}

/** Names of the members that rows of a resource may have. */
export const members = (resource: 'sessions' | 'consents' | 'people') =>
  adminResources[resource].fields.map(({ name }) => name);
