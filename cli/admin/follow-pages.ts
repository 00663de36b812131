import { CommandError } from '../errors.ts';
import type { Io } from '../io.ts';
import type { Row } from '../output/list.ts';
import type { ApiRequest } from './call-api.ts';
import { callApi } from './call-api.ts';

export interface Listed {
  readonly items: readonly Row[];
  /** Cursor of the page after these. Absent: these are the last. */
  readonly next?: string;
}

/** One page of a list, or all from there on. @param all whether to go on to the end */
export async function followPages(
  request: ApiRequest,
  page: { readonly limit?: string; readonly cursor?: string },
  all: boolean,
  io: Io,
): Promise<Listed> {
  const items: Row[] = [];
  const seen = new Set<string>();
  let cursor = page.cursor;
  for (;;) {
    const asked = { ...page, ...(cursor !== undefined && { cursor }) };
    const answer = await callApi({ ...request, page: asked }, io);
    if (!Array.isArray(answer['items'])) throw new CommandError('The server answers something else than a list.');
    items.push(...(answer['items'] as Row[]));
    const next = typeof answer['next'] === 'string' ? answer['next'] : undefined;
    if (!all || next === undefined) return { items, ...(next !== undefined && { next }) };
    if (seen.has(next)) throw new CommandError('The server gives the same page again and again.');
    seen.add(next);
    cursor = next;
  }
}
