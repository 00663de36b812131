import { lifetimes } from './lifetimes.ts';
import type { Ask } from './steps.ts';

/** A grant as the standard sees it: what it is worth, without a word about storage or signatures. */
export interface Family {
  /** `asked`: the person has not answered yet, or nobody knows of it. */
  readonly state: 'asked' | 'code' | 'active' | 'revoked';
  readonly owner: 'public' | 'confidential';
  /** Epoch seconds, all of them. */
  readonly askedUntil: number;
  readonly codeUntil: number;
  readonly idleUntil: number;
  readonly absoluteUntil: number;
  readonly rotatedAt: number;
  /** Number of the current refresh token. */
  readonly generation: number;
}

/** What a request must be answered with: a code or token (of number `generation`), a refusal, or just done. */
export type Verdict =
  { readonly gives: 'code' | 'tokens' | 'nothing'; readonly generation: number } | { readonly refused: string };

interface Ruling {
  readonly family: Family;
  readonly verdict: Verdict;
}

const badGrant: Verdict = { refused: 'invalid_grant' };
const badTarget: Verdict = { refused: 'invalid_target' };

/** What the family becomes, and what is answered. The whole law of grants, for requests that come one by one. */
export function rule(family: Family, ask: Ask, now: number): Ruling {
  const end = (verdict: Verdict): Ruling => ({ family: { ...family, state: 'revoked' }, verdict });
  const keep = (verdict: Verdict): Ruling => ({ family, verdict });
  const isOwner = ask.by === 'owner';
  if (ask.do === 'answer') return ruleAnswer(family, now);
  if (ask.do === 'revoke') {
    const done: Verdict = { gives: 'nothing', generation: 0 };
    return isOwner ? end(done) : keep(done);
  }
  if (ask.do === 'redeem') {
    if (ask.verifier === 'none' || !isOwner) return keep(badGrant);
    // AS-63: whoever comes second proves that two have it.
    if (family.state === 'active') return end(badGrant);
    if (family.state !== 'code' || now >= family.codeUntil || ask.redirect === 'other') return keep(badGrant);
    if (ask.resource === 'ungranted') return keep(badTarget);
    if (ask.verifier === 'wrong') return end(badGrant);
    return next(family, now);
  }
  return ruleRefresh(family, ask, now);
}

function ruleAnswer(family: Family, now: number): Ruling {
  const verdict: Verdict = { gives: 'code', generation: 0 };
  const refused: Verdict = { refused: 'invalid_request' };
  if (now >= family.askedUntil) return { family, verdict: refused };
  if (family.state === 'code' && now < family.codeUntil) return { family, verdict };
  if (family.state !== 'asked') return { family, verdict: refused };
  const codeUntil = now + lifetimes.authorizationCode;
  const absoluteUntil = now + lifetimes.refreshTokenAbsolute;
  return { family: { ...family, state: 'code', codeUntil, absoluteUntil, rotatedAt: now }, verdict };
}

function ruleRefresh(family: Family, ask: Extract<Ask, { do: 'refresh' }>, now: number): Ruling {
  const keep = (verdict: Verdict): Ruling => ({ family, verdict });
  if (ask.by !== 'owner') return keep(badGrant);
  if (ask.scope !== 'none' && ask.resource === 'ungranted') return keep(badTarget);
  if (ask.scope === 'wider') return keep({ refused: 'invalid_scope' });
  const isOver = now >= family.idleUntil || now >= family.absoluteUntil;
  if (family.state !== 'active' || isOver) return keep(badGrant);
  if (ask.resource === 'ungranted') return keep(badTarget);
  const behind = family.generation - ask.token.generation;
  if (behind === 0) return next(family, now);
  // D5: a lost answer and a parallel process get the same successor once more.
  const isRetry = behind === 1 && now - family.rotatedAt <= lifetimes.refreshReplayWindow;
  if (isRetry) return keep({ gives: 'tokens', generation: family.generation });
  return { family: { ...family, state: 'revoked' }, verdict: badGrant };
}

function next(family: Family, now: number): Ruling {
  const generation = family.generation + 1;
  const idleUntil = now + lifetimes.refreshTokenIdle;
  const moved: Family = { ...family, state: 'active', generation, rotatedAt: now, idleUntil };
  return { family: moved, verdict: { gives: 'tokens', generation } };
}
