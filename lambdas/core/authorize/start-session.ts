import { digest } from '../digest.ts';
import type { Person } from '../person.ts';
import type { InteractionDeps } from './interaction.ts';

type Deps = Pick<InteractionDeps, 'interactions' | 'entropy' | 'clock' | 'lifetimes'>;

/**
 * Starts a browser session under a new id, so that nobody can plant one beforehand (session fixation).
 * @param startedAt epoch seconds: when the sign-in began of which it comes; a revocation since ends it unseen
 * @returns value of the session cookie
 */
export async function startSession(person: Person, startedAt: number, deps: Deps): Promise<string> {
  const cookie = deps.entropy.token(32);
  const expiresAt = deps.clock.now() + deps.lifetimes.browserSession;
  await deps.interactions.startSession({ digest: digest(cookie), person, startedAt, expiresAt });
  return cookie;
}
