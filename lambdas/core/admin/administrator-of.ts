import type { Person } from '../person.ts';
import type { Administrator } from './administrator.ts';

/** Who administers, as the team decided. Structurally the `administrators` of the settings. */
export interface AdministratorPolicy {
  /** In lower case. All rights. */
  readonly emails: readonly string[];
  readonly groups: readonly string[];
  /** See everything and change nothing. */
  readonly readerEmails: readonly string[];
  readonly readerGroups: readonly string[];
}

/**
 * The rights of administration that a person has, if any. Asked when access is given and again at each request, so that
 * whoever leaves the list has nothing any more.
 * @param person as the identity provider told of them; a grant has the same members
 * @param policy undefined: nobody administers
 */
export function administratorOf(
  person: Pick<Person, 'sub' | 'email' | 'emailVerified' | 'groups'>,
  policy: AdministratorPolicy | undefined,
): Administrator | undefined {
  if (!policy) return undefined;
  const { sub, email } = person;
  const known = { sub, ...(email !== undefined && { email }) };
  if (isOneOf(person, policy.emails, policy.groups)) return { ...known, access: 'write' };
  return isOneOf(person, policy.readerEmails, policy.readerGroups) ? { ...known, access: 'read' } : undefined;
}

function isOneOf(
  { email, emailVerified, groups = [] }: Pick<Person, 'email' | 'emailVerified' | 'groups'>,
  emails: readonly string[],
  named: readonly string[],
): boolean {
  // Whoever may type an address at the provider must not become an administrator by it. It is in lower case already.
  const isListed = emailVerified === true && email !== undefined && emails.includes(email);
  return isListed || groups.some((group) => named.includes(group));
}
