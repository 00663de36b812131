import type { Context } from 'hono';
import type { AdminResource } from '../../contract/admin/operation.ts';
import { AdminRefusal } from '../../core/admin/admin-refusal.ts';
import { readQuery } from '../read-params.ts';
import type { Row, Visit } from './console-desk.ts';
import { rowPage } from './console-desk.ts';
import type { Target } from './find-page.ts';
import { flash } from './flash.ts';
import type { Related } from './pages/details-page.ts';
import { detailsPage } from './pages/details-page.ts';
import { operationOf, resourceOf } from './table-of-operations.ts';

/** Rows of a list that belongs to another row. */
const relatedLength = 10;

type Details = Extract<Target, { kind: 'details' }>;

/** One row, what can be done with it, and the first of what belongs to it. */
export async function showDetails(context: Context, { resource, get, key }: Details, visit: Visit): Promise<Response> {
  const { desk, who, frame } = visit;
  const row = await desk.run(get, { key }, who);
  const related = await Promise.all((resource.related ?? []).map((one) => relatedList(one, row, visit)));
  const now = desk.deps.clock.now();
  const shown = related.filter((one) => one !== undefined);
  const page = detailsPage(
    { resource, row, key, now, related: shown, flash: flash(readQuery(context).get('done')) },
    frame,
  );
  return desk.send(page, { formAction: [], script: page.script });
}

type Relation = NonNullable<AdminResource['related']>[number];

async function relatedList({ operation: id, by }: Relation, row: Row, visit: Visit): Promise<Related | undefined> {
  const [resourceId = '', verb = ''] = id.split('.');
  const resource = resourceOf(resourceId);
  const operation = resource && operationOf(resource.id, verb);
  const input = Object.fromEntries(Object.entries(by).map(([name, field]) => [name, row[field]]));
  if (!operation || !Object.values(input).every((value) => typeof value === 'string')) return undefined;
  const filters = input as Record<string, string>;
  try {
    const answer = await visit.desk.run(operation, { input: filters, page: { limit: relatedLength } }, visit.who);
    return { resource, page: rowPage(answer), address: visit.desk.links.list(resource.id, filters) };
  } catch (error) {
    // The row itself is there; a list that refuses this key has nothing to say about it.
    if (error instanceof AdminRefusal) return undefined;
    throw error;
  }
}
