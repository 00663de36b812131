import { dynamoAuditTrail } from '../../../../lambdas/adapters/dynamodb/audit-trail.ts';
import { dynamoClientRegistry } from '../../../../lambdas/adapters/dynamodb/client-registry.ts';
import { dynamoUsage } from '../../../../lambdas/adapters/dynamodb/usage.ts';
import { selfServicePorts } from '../../../../lambdas/adapters/self-service-ports.ts';
import type { TableName } from '../../../../lambdas/contract/tables.ts';
import { tables } from '../../../../lambdas/contract/tables.ts';
import type { AdminAnswer, AdminHandler, AdminRequest } from '../../../../lambdas/core/admin/admin-handler.ts';
import { AdminRefusal } from '../../../../lambdas/core/admin/admin-refusal.ts';
import type { AdminDeps } from '../../../../lambdas/core/admin/deps.ts';
import { createClient } from '../../../../lambdas/core/admin/clients/create.ts';
import { exchangeToken } from '../../../../lambdas/core/grants/exchange-token.ts';
import { MemoryRing } from '../../../rig/memory-ring.ts';
import { MemorySecrets } from '../../../rig/memory-secrets.ts';
import { form } from '../../fixtures.ts';
import type { House } from '../../house.ts';

const tableNames = Object.fromEntries(Object.keys(tables).map((name) => [name, name])) as Record<TableName, string>;

export const ada = { sub: 'ada', access: 'write' } as const;
export const bob = { sub: 'bob', access: 'write' } as const;

let names = 0;
/** A name that no other test uses. */
export function newName(): string {
  names += 1;
  return `Job ${names}`;
}

export type Answer = AdminAnswer & { readonly client: string; readonly secret: string; readonly version: number };

/** Administration of clients in a house. */
export function administer(house: House) {
  const secrets = new MemorySecrets();
  const deps = {
    ...house.deps,
    ...selfServicePorts(house.db, tableNames),
    clients: house.deps.clients,
    revocations: house.deps.revocations,
    stage: 'development',
    clientRegistry: dynamoClientRegistry(house.db, 'Clients'),
    clientSecrets: secrets,
    signingKeyRing: new MemoryRing(),
    usage: dynamoUsage(house.db, 'Usage'),
    auditTrail: dynamoAuditTrail(house.db, 'Audit'),
  } as const satisfies AdminDeps;

  const run = async (handler: AdminHandler, request: Partial<AdminRequest> = {}, who: typeof ada | typeof bob = ada) =>
    (await handler({ key: '', input: {}, page: { limit: 100 }, ...request }, who, deps)) as Answer;

  return {
    deps,
    secrets,
    run,
    find: (clientId: string) => deps.clients.find(clientId, deps.clock.now()),
    /** A machine, unless the changes say otherwise. */
    make: (
      changes: AdminRequest['input'] = {},
      request: Partial<AdminRequest> = {},
      who: typeof ada | typeof bob = ada,
    ) => run(createClient, { ...request, input: machineInput(changes) }, who),
    ask: (client: string, secret: string) =>
      exchangeToken(
        { params: form({ grant_type: 'client_credentials', client_id: client, client_secret: secret }) },
        house.deps,
      ),
  };
}

/** What makes a machine, with a name of its own. */
export function machineInput(changes: AdminRequest['input'] = {}): AdminRequest['input'] {
  return { clientName: newName(), scopes: ['todos:write'], ...changes };
}

/** The AdminRefusal that a call ends in. */
export async function refused(call: Promise<unknown>): Promise<AdminRefusal> {
  const error: unknown = await call.then(
    () => new Error('nothing was refused'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof AdminRefusal) return error;
  throw error;
}
