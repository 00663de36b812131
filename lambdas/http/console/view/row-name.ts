import type { AdminResource } from '../../../contract/admin/operation.ts';
import { plainText } from '../../pages/plain-text.ts';
import type { Row } from '../console-desk.ts';

/** Members by which people know a row, best first. */
const names = ['clientName', 'name', 'email'] as const;

/** Name of the output field by which a row is known: a name where it has one, else the key. */
export function nameField(resource: AdminResource, row: Row): string {
  const own = names.find((name) => typeof row[name] === 'string' && row[name] !== '' && has(resource, name));
  return own ?? resource.key ?? '';
}

/** What to call a row, in one line. */
export function rowName(resource: AdminResource, row: Row): string {
  const name = row[nameField(resource, row)];
  return plainText(typeof name === 'string' ? name : resource.one, 80);
}

/** Key of a row, if it has one. */
export function rowKey({ key }: AdminResource, row: Row): string | undefined {
  const value = key === undefined ? undefined : row[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function has({ fields }: AdminResource, name: string): boolean {
  return fields.some((field) => field.name === name);
}
