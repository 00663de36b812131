import type { OutputField } from '../../lambdas/contract/admin/operation.ts';
import { plain } from './plain.ts';

/** The value of a field in one line, for people. Empty: there is none. */
export function cell(field: Pick<OutputField, 'type'>, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (field.type === 'time' && typeof value === 'string') return readableTime(value);
  if (field.type === 'flag') return value === true ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map((item) => cell({ type: 'text' }, item)).join(', ');
  return plain(typeof value === 'string' ? value : JSON.stringify(value));
}

/** `2027-01-31T12:00:00Z` as `2027-01-31 12:00Z`. */
function readableTime(time: string): string {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(?:\.\d+)?Z$/.exec(time);
  return parts ? `${parts[1]} ${parts[2]}Z` : plain(time);
}
