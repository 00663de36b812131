import type { UsageCount } from '../../ports/usage.ts';
import { counted } from '../../usage/series.ts';
import type { Moment } from './overview-answer.ts';

/** What happened in an hour or day. @param counts its counters by name */
export function moment(from: string, counts: readonly UsageCount[]): Moment {
  const sum = (isMeant: (name: string) => boolean): number =>
    counts.filter(({ name }) => isMeant(name)).reduce((total, { count }) => total + count, 0);
  return {
    from,
    signIns: sum((name) => name === counted.signIn),
    tokens: sum((name) => name === counted.token),
    calls: sum((name) => name === counted.call),
    refusals: sum((name) => name.startsWith(counted.refusal)),
  };
}
