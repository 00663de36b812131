import type { AdminResource, OutputField } from '../../lambdas/contract/admin/operation.ts';
import { cell } from './cell.ts';
import type { Row } from './list.ts';
import { structured } from './structured.ts';
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
