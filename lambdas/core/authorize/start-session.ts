import { digest } from '../digest.ts';
import type { Person } from '../person.ts';
import type { InteractionDeps } from './interaction.ts';

type Deps = Pick<InteractionDeps, 'interactions' | 'entropy' | 'clock' | 'lifetimes'>;

/**
 * Starts a browser session under a new id, so that nobody can plant one beforehand (session fixation).
 * @returns value of the session cookie
 */
export async function startSession(person: Person, deps: Deps): Promise<string> {
  const cookie = deps.entropy.token(32);
  const startedAt = deps.clock.now();
  const expiresAt = startedAt + deps.lifetimes.browserSession;
  await deps.interactions.startSession({ digest: digest(cookie), person, startedAt, expiresAt });
  return cookie;
}
