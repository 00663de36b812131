import type { AdminAnswer } from '../admin-handler.ts';
import { AdminRefusal } from '../admin-refusal.ts';
import type { AdminDeps } from '../deps.ts';
import { isoTime } from '../iso-time.ts';

/** Characters; identity providers keep to 255 (OIDC Core §2). */
const longest = 500;

/**
 * What is known of one person: there is no list of people, so that any subject has a row. The address is that of the
 * newest session.
 * @throws AdminRefusal not_found for what cannot be a subject
 */
export async function personRow(
  sub: string,
  deps: Pick<AdminDeps, 'sessionList' | 'revocations' | 'clock'>,
): Promise<AdminAnswer> {
  requireSubject(sub);
  const [{ items }, revokedBefore] = await Promise.all([
    deps.sessionList.list({ person: sub }, { limit: 1 }, deps.clock.now()),
    deps.revocations.latest([{ kind: 'person', sub }]),
  ]);
  const email = items[0]?.email;
  return {
    person: sub,
    ...(email !== undefined && { email }),
    ...(revokedBefore > 0 && { revokedAt: isoTime(revokedBefore) }),
  };
}

/** @throws AdminRefusal not_found */
export function requireSubject(sub: string): void {
  if (sub !== '' && sub.length <= longest) return;
  throw new AdminRefusal('not_found', 'Nobody has that subject.');
}
