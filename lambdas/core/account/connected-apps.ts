import type { SelfServiceDeps } from '../admin/deps.ts';
import { connectedApp } from './connected-app.ts';
import type { ConnectedApp } from './connected-app.ts';
import { liveConsents, liveSessions } from './live-access.ts';

/** Of each kind; more is on the next page. */
const most = 50;

export interface ConnectedApps {
  /** Those used last come first. */
  readonly apps: readonly ConnectedApp[];
  /** Cursor of the page after. */
  readonly next?: string;
  /** Whether there are more sessions than `apps` say. */
  readonly hasMoreSessions: boolean;
}

type Deps = Pick<
  SelfServiceDeps,
  'sessionList' | 'consentList' | 'clientList' | 'revocations' | 'clock' | 'servers' | 'issuer'
>;

/**
 * The apps that a person has connected (F-C5), by what is remembered and by what lives: neither list alone has all. A
 * device is asked about each time and so never remembered; a remembered app may hold nothing now.
 * @param cursor of the page before. @default the first page
 */
export async function connectedApps(sub: string, cursor: string | undefined, deps: Deps): Promise<ConnectedApps> {
  const [consents, sessions] = await Promise.all([
    liveConsents({ person: sub }, { limit: most, cursor }, deps),
    liveSessions({ person: sub }, { limit: most }, deps),
  ]);
  // What only lives is shown once, on the first page.
  const unremembered = cursor === undefined ? sessions.items.map(({ clientId }) => clientId) : [];
  const clientIds = [...new Set([...unremembered, ...consents.items.map(({ clientId }) => clientId)])];
  const clients = clientIds.length > 0 ? await deps.clientList.findAll(clientIds, deps.clock.now()) : [];
  const apps = clientIds.map((clientId) => {
    const client = clients.find((one) => one.clientId === clientId);
    const parts = {
      ...(client && { client }),
      sessions: sessions.items.filter((one) => one.clientId === clientId),
      consents: consents.items.filter((one) => one.clientId === clientId),
    };
    return connectedApp(clientId, parts, deps);
  });
  return {
    apps: apps.toSorted((a, b) => (b.lastUsedAt ?? b.since) - (a.lastUsedAt ?? a.since)),
    ...(consents.next !== undefined && { next: consents.next }),
    hasMoreSessions: sessions.next !== undefined,
  };
}
