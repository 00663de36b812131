import { digest } from '../digest.ts';
import type { Person } from '../person.ts';
import type { InteractionDeps } from './interaction.ts';

/** Who is signed in in this browser. @param sessionCookie value of the session cookie, if the browser sent one */
export async function signedInPerson(
  sessionCookie: string | undefined,
  deps: Pick<InteractionDeps, 'interactions' | 'clock'>,
): Promise<Person | undefined> {
  if (!sessionCookie) return undefined;
  return (await deps.interactions.findSession(digest(sessionCookie), deps.clock.now()))?.person;
}
