import type { Item } from './document-client.ts';

/** What an item has for the sake of storage, and nobody outside reads (docs/storage.md). */
const marks: ReadonlySet<string> = new Set(['writeId', 'shelf', 'liveSince']);

/** The item as it was meant to be stored. */
export function withoutMarks(item: Readonly<Item>): Item {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !marks.has(name)));
}
