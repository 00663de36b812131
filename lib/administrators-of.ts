import type { Settings } from '../lambdas/contract/settings.ts';
import type { GatehouseProps } from './gatehouse-props.ts';
import { refusal } from './refusal.ts';

type Administrators = NonNullable<Settings['administrators']>;
type Props = Pick<
  GatehouseProps,
  'administratorEmails' | 'administratorGroups' | 'readerEmails' | 'readerGroups' | 'groupsClaim' | 'identity'
>;

const address = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>"]+$/;
/** Cognito allows no more either. */
const group = /^[\p{L}\p{M}\p{S}\p{N}\p{P} ]{1,128}$/u;

/**
 * Who administers, and a refusal for each value that makes no sense. Absent where nobody can be an administrator:
 * a team with an identity provider of its own must name them.
 */
export function administratorsOf(props: Props): { administrators?: Administrators; refusals: string[] } {
  const { identity, administratorEmails = [], readerEmails = [] } = props;
  const { administratorGroups = identity ? [] : ['gatehouse-admins'] } = props;
  const { readerGroups = identity ? [] : ['gatehouse-readers'] } = props;
  const { groupsClaim = identity ? 'groups' : 'cognito:groups' } = props;
  const refusals = [
    ...judged('administratorEmails', administratorEmails, address, 'an e-mail address'),
    ...judged('administratorGroups', administratorGroups, group, 'a name of up to 128 characters'),
    ...judged('readerEmails', readerEmails, address, 'an e-mail address'),
    ...judged('readerGroups', readerGroups, group, 'a name of up to 128 characters'),
    ...(/^\S{1,200}$/.test(groupsClaim) ? [] : [refusal('groupsClaim', groupsClaim, 'a name without spaces')]),
  ];
  const people = [administratorEmails, administratorGroups, readerEmails, readerGroups];
  if (people.every((names) => names.length === 0)) return { refusals };
  const emails = lowered(administratorEmails);
  const groups = { groups: [...administratorGroups], readerGroups: [...readerGroups] };
  return { administrators: { emails, readerEmails: lowered(readerEmails), ...groups, groupsClaim }, refusals };
}

/** Addresses are compared in lower case, as the identity provider's are. */
function lowered(emails: readonly string[]): string[] {
  return emails.map((email) => email.toLowerCase());
}

function judged(prop: string, values: readonly string[], pattern: RegExp, allowed: string): string[] {
  return values.flatMap((value, index) => {
    if (!pattern.test(value) || value !== value.trim()) return [refusal(`${prop}[${index}]`, value, allowed)];
    const isRepeated = lowered(values.slice(0, index)).includes(value.toLowerCase());
    return isRepeated ? [refusal(`${prop}[${index}]`, value, `${allowed} that stands here once`)] : [];
  });
}
