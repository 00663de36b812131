import type { SelfServiceDeps } from '../admin/deps.ts';
import { digest } from '../digest.ts';

/** Ends the session of one browser; idempotent. @param sessionCookie value of its cookie */
export async function signOut(
  sub: string,
  sessionCookie: string,
  { interactions, audit }: Pick<SelfServiceDeps, 'interactions' | 'audit'>,
): Promise<void> {
  await interactions.endSession(digest(sessionCookie));
  audit.record({ type: 'account.signed_out', sub });
}
