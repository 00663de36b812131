import type { AdminHandler } from '../admin-handler.ts';
import { endPerson } from '../revoke/end-person.ts';
import { personRow, requireSubject } from './person-row.ts';

/** `people.revoke`: also of somebody of whom nothing is known yet. Done already, it is done again. */
export const revokePerson: AdminHandler = async ({ key }, who, deps) => {
  requireSubject(key);
  await endPerson(key, who, deps);
  return personRow(key, deps);
};
