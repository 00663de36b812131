import type { Client } from '../../client.ts';
import { digest } from '../../digest.ts';
import { findClient } from '../../find-client.ts';
import { AdminRefusal } from '../admin-refusal.ts';
import type { AdminDeps } from '../deps.ts';
import { keyUsedBefore, repeatWindow } from '../repeatable.ts';
import type { WantedClient } from './judge-client.ts';

interface Made {
  readonly wanted: WantedClient;
  readonly secret: string | undefined;
}

const decided = [
  'clientName',
  'redirectUris',
  'grantTypes',
  'tokenEndpointAuthMethod',
  'machineScopes',
  'jwksUri',
  'secretReaders',
] as const satisfies readonly (keyof WantedClient)[];

function textOf(client: Partial<WantedClient>): string {
  return JSON.stringify(decided.map((name) => client[name]));
}

/** @throws AdminRefusal unless a client is the one that this request makes */
export function requireSame(client: Client, { wanted, secret }: Made): void {
  const wantedDigest = secret === undefined ? undefined : digest(secret);
  if (textOf(client) === textOf(wanted) && client.secretDigest === wantedDigest) return;
  throw keyUsedBefore();
}

/**
 * The client that the same request made before, undefined if it is the first.
 * @throws AdminRefusal if the key was used for something else, or too long ago for its secret to be shown again
 */
export async function madeBefore(clientId: string, made: Made, deps: AdminDeps): Promise<Client | undefined> {
  const client = await findClient(clientId, deps);
  if (client) {
    requireSame(client, made);
    if (client.registeredAt + repeatWindow > deps.clock.now()) return client;
    throw new AdminRefusal('changed', 'This request was answered before. Its secret is not shown again; rotate it.');
  }
  // A secret that was taken back must not come back.
  const endedAt = await deps.revocations.latest([{ kind: 'client', clientId }]);
  if (endedAt > 0) throw new AdminRefusal('changed', 'The client that this request made was deleted since.');
  return undefined;
}
