import type { InputField } from '../../contract/admin/operation.ts';
import type { AdminRequest } from '../../core/admin/admin-handler.ts';
import { AdminRefusal } from '../../core/admin/admin-refusal.ts';
import type { PageRequest } from '../../core/page.ts';

/** Items of a page unless it is said, and at most. */
export const usualLimit = 25;
export const mostLimit = 100;

/** What every list takes beside its filters. */
export const pageFields = [
  { name: 'limit', label: 'Limit', hint: `Most items of a page, 1 to ${mostLimit}.`, type: 'integer' },
  { name: 'cursor', label: 'Cursor', hint: '`next` of the page before.', type: 'text', most: 4000 },
] as const satisfies readonly InputField[];

/**
 * Parts what says which page from the filters.
 * @throws AdminRefusal `invalid` for a limit out of range
 */
export function readPage(all: AdminRequest['input']): Pick<AdminRequest, 'input' | 'page'> {
  const { limit = usualLimit, cursor, ...input } = all;
  if (typeof limit !== 'number' || limit < 1 || limit > mostLimit) {
    const message = `Enter a number from 1 to ${mostLimit}.`;
    throw new AdminRefusal('invalid', 'The limit is out of range.', [{ field: 'limit', message }]);
  }
  const page: PageRequest = typeof cursor === 'string' ? { limit, cursor } : { limit };
  return { input, page };
}
