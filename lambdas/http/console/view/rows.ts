import type { Html } from '../../pages/html.ts';
import { eventList } from './event-list.ts';
import type { RowTable } from './row-table.ts';
import { rowTable } from './row-table.ts';

/** Rows of a resource: events as lines in time, all others as a table. */
export function rows(table: RowTable): Html {
  return table.resource.id === 'audit' ? eventList(table.resource, table.items, table.style) : rowTable(table);
}
