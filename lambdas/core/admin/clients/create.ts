import type { Client } from '../../client.ts';
import { digest } from '../../digest.ts';
import type { AdminAnswer, AdminHandler } from '../admin-handler.ts';
import { AdminRefusal } from '../admin-refusal.ts';
import type { AdminDeps } from '../deps.ts';
import { drawFor } from '../repeatable.ts';
import { freeClientName, takeClientName } from './client-name.ts';
import { clientRow } from './client-row.ts';
import type { WantedClient } from './judge-client.ts';
import { judgeClient } from './judge-client.ts';
import { madeBefore, requireSame } from './made-before.ts';
import { allowReaders } from './settle-secret.ts';

/**
 * `clients.create`: an app, or a machine (F-B5). Its name is taken first, its secret placed next, itself stored last:
 * a crash in between leaves a name that is free after a minute, and a secret that opens nothing.
 */
export const createClient: AdminHandler = async ({ input, idempotencyKey }, who, deps) => {
  const wanted = judgeClient(input, deps);
  const draw = await drawFor('client', who.sub, idempotencyKey, deps);
  // Letters and digits: a double click selects it all.
  const clientId = `app_${draw('id')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 22)}`;
  const secret = wanted.tokenEndpointAuthMethod.startsWith('client_secret_') ? `gs_${draw('secret')}` : undefined;
  const earlier = idempotencyKey === undefined ? undefined : await madeBefore(clientId, { wanted, secret }, deps);
  if (earlier) return answerOf(earlier, secret, deps);
  await takeClientName(wanted.clientName, clientId, deps);
  try {
    const client = await newClient(clientId, wanted, secret, deps);
    const other = await deps.clientRegistry.create(client);
    if (other) requireSame(other, { wanted, secret });
    else deps.audit.record({ type: 'admin.client.created', sub: who.sub, clientId });
    return answerOf(other ?? client, secret, deps);
  } catch (error) {
    // A repeated request at the same time may be further: only what it cannot have used is taken back.
    if (idempotencyKey === undefined || hasUnknownReaders(error)) await undo(clientId, wanted, deps);
    throw error;
  }
};

/** The client as it is to be stored, its secret placed already. */
async function newClient(
  clientId: string,
  wanted: WantedClient,
  secret: string | undefined,
  deps: AdminDeps,
): Promise<Client> {
  const client: Client = {
    ...wanted,
    clientId,
    kind: 'pre-registered',
    ...(secret !== undefined && {
      secretDigest: digest(secret),
      secretArn: await deps.clientSecrets.put(clientId, secret),
    }),
    registeredAt: deps.clock.now(),
  };
  if (wanted.secretReaders) await allowReaders(clientId, wanted.secretReaders, deps);
  return client;
}

/** Nobody has used what was made with such input: any repetition is refused likewise. */
function hasUnknownReaders(error: unknown): boolean {
  return error instanceof AdminRefusal && error.fields.some(({ field }) => field === 'secretReaders');
}

async function undo(clientId: string, { clientName }: WantedClient, deps: AdminDeps): Promise<void> {
  await deps.clientSecrets.remove(clientId);
  await freeClientName(clientName, clientId, deps);
}

function answerOf(client: Client, secret: string | undefined, { clock }: AdminDeps): AdminAnswer {
  return { ...clientRow(client, clock.now()), ...(secret !== undefined && { secret }) };
}
