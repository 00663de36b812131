import type { Client } from '../../client.ts';
import { findClient } from '../../find-client.ts';
import { AdminRefusal } from '../admin-refusal.ts';
import type { AdminDeps } from '../deps.ts';

type Deps = Pick<AdminDeps, 'clients' | 'clock'>;

/** @throws AdminRefusal not_found */
export async function knownClient(clientId: string, deps: Deps): Promise<Client> {
  const client = await findClient(clientId, deps);
  if (client) return client;
  throw new AdminRefusal('not_found', 'There is no such client. It may have been deleted, or have ended unused.');
}

/**
 * A client that administrators may change here.
 * @throws AdminRefusal not_found, or protected for one that says itself what it is, or that a deployment declares
 */
export async function editableClient(clientId: string, deps: Deps): Promise<Client> {
  const client = await knownClient(clientId, deps);
  if (client.kind === 'metadata-document') {
    throw new AdminRefusal(
      'protected',
      'This client is described by its metadata document; only its owner changes it.',
    );
  }
  if (client.kind === 'dynamic') {
    throw new AdminRefusal('protected', 'This client registered itself; only it can change its registration.');
  }
  refuseDeclared(client);
  return client;
}

/** @throws AdminRefusal protected for a client that the next deployment would bring back */
export function refuseDeclared({ managedBy }: Client): void {
  if (managedBy !== 'stack') return;
  throw new AdminRefusal('protected', 'This client is declared in bin/gatehouse.ts; change it there and deploy.');
}

/** What is told to whoever was not first. */
export function changedMeanwhile(): AdminRefusal {
  return new AdminRefusal(
    'changed',
    'Somebody changed this client since you read it. Read it again, then repeat your change if it still makes sense.',
  );
}
