import type { Clock } from '../ports/clock.ts';
import type { Grants } from '../ports/grants.ts';

export interface GrantLivenessOptions {
  readonly grants: Pick<Grants, 'find'>;
  readonly clock: Clock;
  /** Seconds for which an answer may be repeated without asking: the bound within which a revocation counts (D9). */
  readonly seconds: number;
  /**
   * Answers kept in memory.
   * @default 10000
   */
  readonly maxEntries?: number;
}

/** Whether the grant behind a token lives. Throws what the store throws: an unreadable grant is never alive. */
export type GrantLiveness = (gid: string) => Promise<boolean>;

interface Answer {
  readonly alive: boolean;
  /** Epoch seconds from which on the store is asked again. */
  readonly until: number;
}

/** Asks whether grants live, and remembers answers for a bounded time and in bounded number. */
export function grantLiveness(options: GrantLivenessOptions): GrantLiveness {
  const { grants, clock, seconds, maxEntries = 10_000 } = options;
  const answers = new Map<string, Answer>();
  return async (gid) => {
    const known = answers.get(gid);
    if (known && clock.now() < known.until) return known.alive;
    const answer = await ask(grants, gid, clock.now(), seconds);
    answers.delete(gid);
    if (seconds > 0) remember(answers, gid, answer, maxEntries);
    return answer.alive;
  };
}

/** `now` is taken before the store is asked, so that a slow answer is not believed for longer. */
async function ask(grants: Pick<Grants, 'find'>, gid: string, now: number, seconds: number): Promise<Answer> {
  const grant = await grants.find(gid);
  // A missing item was revoked long ago or never existed; `code` has issued no token yet; expired ones linger.
  const alive = grant?.state === 'active' && now < grant.expiresAt;
  return { alive, until: alive ? Math.min(now + seconds, grant.expiresAt) : now + seconds };
}

function remember(answers: Map<string, Answer>, gid: string, answer: Answer, maxEntries: number): void {
  // A Map keeps the order of insertion: the first key is the oldest answer.
  const oldest = answers.size >= maxEntries ? answers.keys().next().value : undefined;
  if (oldest !== undefined) answers.delete(oldest);
  answers.set(gid, answer);
}
