import type { AdminResource, OutputField } from '../../lambdas/contract/admin/operation.ts';
import { cell } from './cell.ts';
import { table } from './table.ts';

export type Row = Readonly<Record<string, unknown>>;

/**
 * A list as a table: the key first, because the other commands ask for it, then what the table of resources lists.
 * @param terminal columns. Absent: nothing is cut off
 */
export function list(resource: AdminResource, rows: readonly Row[], terminal?: number): string {
  if (rows.length === 0) return `No ${resource.title.toLowerCase()}.`;
  const key = resource.fields.find((field) => field.name === resource.key);
  const fields = [...(key ? [key] : []), ...resource.fields.filter((field) => field !== key && field.listed)];
  const filled = fields.filter((field) => field === key || rows.some((row) => isThere(field, row)));
  return table(
    filled.map((field) => ({ title: field.label, whole: field === key || field.type === 'time' })),
    rows.map((row) => filled.map((field) => cell(field, row[field.name]))),
    terminal,
  );
}

function isThere(field: OutputField, row: Row): boolean {
  return cell(field, row[field.name]) !== '';
}
