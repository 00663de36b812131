import type { ConditionContext } from './request.ts';
import type { Statement } from './statement.ts';
import { matchesWildcard } from './wildcard.ts';

type Compare = (wanted: string, given: string) => boolean;

const comparisons: Readonly<Record<string, Compare>> = {
  StringEquals: (wanted, given) => wanted === given,
  StringLike: (wanted, given) => matchesWildcard(wanted, given),
};

/**
 * Whether the conditions of a statement hold for a call.
 * @param note takes a sentence for each condition that cannot be judged here; such a statement does not match
 */
export function conditionsHold(
  conditions: Statement['conditions'],
  context: ConditionContext,
  note: (line: string) => void,
): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => holds(operator, key, wanted, context, note)),
  );
}

function holds(
  operator: string,
  key: string,
  wanted: readonly string[],
  context: ConditionContext,
  note: (line: string) => void,
): boolean {
  const forAll = operator.startsWith('ForAllValues:');
  const forAny = operator.startsWith('ForAnyValue:');
  const ifExists = operator.endsWith('IfExists');
  const compare = comparisons[operator.slice(operator.indexOf(':') + 1).replace(/IfExists$/, '')];
  const known = Object.keys(context).find((name) => name.toLowerCase() === key.toLowerCase());
  // Of tags, all that there are stand in the context.
  const given = known !== undefined ? context[known] : key.startsWith('aws:ResourceTag/') ? undefined : 'unknown';
  if (ifExists && compare && given === undefined) return true;
  if (!compare || given === 'unknown') {
    note(`condition ${operator} on ${key} cannot be judged on this machine; its statement does not match`);
    return false;
  }
  const fits = (value: string): boolean => wanted.some((pattern) => compare(pattern, value));
  // As in AWS, "for all" is true of a call that carries no such value.
  if (forAll) return (given ?? []).every(fits);
  if (forAny) return (given ?? []).some(fits);
  return given !== undefined && given.length === 1 && given.every(fits);
}
