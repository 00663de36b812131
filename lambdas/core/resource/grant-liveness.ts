import type { Clock } from '../ports/clock.ts';
import type { GrantStates } from '../ports/grant-states.ts';
import { putNewest } from '../put-newest.ts';
import type { AccessTokenClaims } from './access-token-claims.ts';
import { livingGrant } from './living-grant.ts';

export interface GrantLivenessOptions {
  readonly grantStates: GrantStates;
  readonly clock: Clock;
  /** Seconds for which an answer may be repeated without asking: the bound within which a revocation counts (D9). */
  readonly seconds: number;
  /**
   * Answers kept in memory.
   * @default 10000
   */
  readonly maxEntries?: number;
}

/** Claims of a verified token. */
type Token = Pick<AccessTokenClaims, 'gid' | 'sub' | 'clientId' | 'iat'>;

/** Whether the grant behind a token lives. Throws what the store throws: an unreadable grant is never alive. */
export type GrantLiveness = (token: Token) => Promise<boolean>;

interface Answer {
  /** Epoch second up to which tokens are dead that were issued; infinite for a dead grant. */
  readonly deadIssuedBefore: number;
  /** Epoch seconds from which on the store is asked again. */
  readonly until: number;
}

/** Asks whether grants live, and remembers answers for a bounded time and in bounded number. */
export function grantLiveness(options: GrantLivenessOptions): GrantLiveness {
  const { grantStates, clock, seconds, maxEntries = 10_000 } = options;
  const answers = new Map<string, Answer>();
  return async (token) => {
    // The same grant by an exchanged token is another question: it dies with its own client too.
    const key = `${token.gid} ${token.clientId}`;
    const known = answers.get(key);
    if (known && clock.now() < known.until) return token.iat > known.deadIssuedBefore;
    const answer = await ask(grantStates, token, clock.now(), seconds);
    if (seconds > 0) putNewest(answers, key, answer, maxEntries);
    return token.iat > answer.deadIssuedBefore;
  };
}

/** `now` is taken before the store is asked, so that a slow answer is not believed for longer. */
async function ask(grantStates: GrantStates, token: Token, now: number, seconds: number): Promise<Answer> {
  const state = await grantStates.look(token);
  const grant = livingGrant(state, now);
  if (!grant) return { deadIssuedBefore: Infinity, until: now + seconds };
  return { deadIssuedBefore: state.holderRevokedBefore, until: Math.min(now + seconds, grant.expiresAt) };
}
