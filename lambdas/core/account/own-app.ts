import { AdminRefusal } from '../admin/admin-refusal.ts';
import type { SelfServiceDeps } from '../admin/deps.ts';
import { connectedApp } from './connected-app.ts';
import type { ConnectedApp } from './connected-app.ts';
import { liveConsents, liveSessions } from './live-access.ts';

type Deps = Pick<
  SelfServiceDeps,
  'sessionList' | 'consentList' | 'clientList' | 'revocations' | 'clock' | 'servers' | 'issuer'
>;

/** Of sessions, which are those of all clients until they are sifted; more than a person has. */
const mostPages = 10;
const limit = 100;

/**
 * What one client has of a person.
 * @throws AdminRefusal `not_found` if that is nothing
 */
export async function ownApp(clientId: string, sub: string, deps: Deps): Promise<ConnectedApp> {
  const by = { person: sub, client: clientId };
  const [{ items: consents }, sessions] = await Promise.all([liveConsents(by, { limit }, deps), sessionsOf(by, deps)]);
  if (consents.length === 0 && sessions.length === 0) throw new AdminRefusal('not_found', 'There is no such app.');
  const [client] = await deps.clientList.findAll([clientId], deps.clock.now());
  return connectedApp(clientId, { ...(client && { client }), sessions, consents }, deps);
}

async function sessionsOf(by: { readonly person: string; readonly client: string }, deps: Deps) {
  let page = await liveSessions(by, { limit }, deps);
  for (let pages = 1; page.items.length === 0 && page.next !== undefined && pages < mostPages; pages += 1) {
    page = await liveSessions(by, { limit, cursor: page.next }, deps);
  }
  return page.items;
}
