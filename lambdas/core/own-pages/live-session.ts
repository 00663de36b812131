import { digest } from '../digest.ts';
import type { Clock } from '../ports/clock.ts';
import type { BrowserSession, Interactions } from '../ports/interactions.ts';
import type { Revocations } from '../ports/revocations.ts';

export interface LiveSessionDeps {
  readonly interactions: Pick<Interactions, 'findSession'>;
  readonly revocations: Pick<Revocations, 'latest'>;
  readonly clock: Clock;
}

/**
 * The session of a browser, unless it ended, or everything of its person was taken back since it began (F-D6).
 * @param sessionCookie value of the session cookie, if the browser sent one
 */
export async function liveSession(
  sessionCookie: string | undefined,
  { interactions, revocations, clock }: LiveSessionDeps,
): Promise<BrowserSession | undefined> {
  if (!sessionCookie) return undefined;
  const session = await interactions.findSession(digest(sessionCookie), clock.now());
  if (!session) return undefined;
  const revokedBefore = await revocations.latest([{ kind: 'person', sub: session.person.sub }]);
  return session.startedAt > revokedBefore ? session : undefined;
}
