import type { AdminResource, OutputField } from '../../lambdas/contract/admin/operation.ts';
import { cell } from './cell.ts';
import type { Row } from './list.ts';
import { plain, plainJson } from './plain.ts';
import { table } from './table.ts';
import { fit, width } from './width.ts';

/**
 * One row as lines of label and value. Lists go one item a line; structured values follow in sections of their own.
 * @param terminal columns of it, for the tables inside. Absent: nothing is cut off
 */
export function details(resource: Pick<AdminResource, 'fields'>, row: Row, terminal?: number): string {
  const fields = resource.fields.filter((field) => cell(field, row[field.name]) !== '');
  const flat = fields.filter((field) => field.type !== 'json');
  const labels = Math.max(0, ...flat.map((field) => width(field.label)));
  const lines = flat.flatMap((field) => labelled(field, row[field.name], labels));
  const sections = fields
    .filter((field) => field.type === 'json')
    .map((field) => `${field.label}\n${structured(row[field.name], terminal)}`);
  return [...(lines.length > 0 ? [lines.join('\n')] : []), ...sections].join('\n\n');
}

function labelled(field: OutputField, value: unknown, labels: number): readonly string[] {
  const values = Array.isArray(value) ? value.map((item) => cell({ type: 'text' }, item)) : [cell(field, value)];
  return values.map((each, index) => `${fit(index === 0 ? field.label : '', labels)}  ${each}`);
}

/** A list of flat things is a table, everything else is JSON. */
function structured(value: unknown, terminal: number | undefined): string {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isFlat)) return plainJson(value);
  const names = [...new Set(value.flatMap((row) => Object.keys(row)))];
  return table(
    names.map((name) => ({ title: plain(name) })),
    value.map((row) => names.map((name) => cell({ type: 'text' }, row[name]))),
    terminal,
  );
}

function isFlat(value: unknown): value is Row {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((each) => typeof each !== 'object' || each === null || Array.isArray(each))
  );
}
