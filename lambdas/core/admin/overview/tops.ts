import type { AdminDeps } from '../deps.ts';
import type { OverviewAnswer } from './overview-answer.ts';

/** Of clients and of tools. */
const most = 10;
/** What the client of a call by an API key is called (contract/caller.ts). */
const keyPrefix = 'key:';

type Deps = Pick<AdminDeps, 'usage' | 'clientList' | 'apiKeys' | 'clock'>;

/** The busiest clients of a series, with the names of those that are still there. */
export async function topClients(series: string, deps: Deps): Promise<OverviewAnswer['topClients']> {
  const top = await deps.usage.top(series, most);
  const names = await namesOf(
    top.map(({ name }) => name),
    deps,
  );
  return top.map(({ name: client, count }) => {
    const clientName = names.get(client);
    return { client, ...(clientName !== undefined && { clientName }), count };
  });
}

/** The busiest tools of a series. */
export async function topTools(series: string, { usage }: Pick<Deps, 'usage'>): Promise<OverviewAnswer['topTools']> {
  const top = await usage.top(series, most);
  // Ids of servers hold no slash; names of tools may.
  return top.map(({ name, count }) => {
    const [server = ''] = name.split('/', 1);
    return { server, tool: name.slice(server.length + 1), count };
  });
}

async function namesOf(ids: readonly string[], { clientList, apiKeys, clock }: Deps): Promise<Map<string, string>> {
  const keyIds = ids.filter((id) => id.startsWith(keyPrefix)).map((id) => id.slice(keyPrefix.length));
  const clientIds = ids.filter((id) => !id.startsWith(keyPrefix));
  const [clients, keys] = await Promise.all([
    clientList.findAll(clientIds, clock.now()),
    Promise.all(keyIds.map((keyId) => apiKeys.find(keyId))),
  ]);
  const named = [
    ...clients.map(({ clientId, clientName }) => [clientId, clientName] as const),
    ...keys.flatMap((key) => (key ? [[`${keyPrefix}${key.keyId}`, key.name] as const] : [])),
  ];
  return new Map(named.flatMap(([id, name]) => (name === undefined ? [] : [[id, name] as const])));
}
