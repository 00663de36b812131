import type { Context } from 'hono';
import type { AdminOperation, AdminResource } from '../../contract/admin/operation.ts';
import { AdminRefusal } from '../../core/admin/admin-refusal.ts';
import { readInput } from '../admin/read-input.ts';
import { leave } from '../proceed.ts';
import { readQuery } from '../read-params.ts';
import type { RowPage, Visit } from './console-desk.ts';
import { rowPage } from './console-desk.ts';
import { flash } from './flash.ts';
import { listPage } from './pages/list-page.ts';
import { findPersonPage } from './pages/find-person-page.ts';
import { operationOf } from './table-of-operations.ts';

/** Rows of a page. */
const pageLength = 25;

/** Names of the query beside the filters. */
const others = ['cursor', 'done'];

/** The list of a resource; of people, who are too many to list, a form that asks for one. */
export async function showList(context: Context, resource: AdminResource, visit: Visit): Promise<Response> {
  const query = readQuery(context);
  const operation = operationOf(resource.id, 'list');
  if (!operation) return askForOne(resource, query, visit);
  const given = filled(query);
  const filters = Object.fromEntries([...given].filter(([name]) => !others.includes(name)));
  const read = await rowsOf(operation, given, visit);
  const isTrouble = read instanceof AdminRefusal;
  const trouble = isTrouble ? { message: read.message, problems: read.fields } : undefined;
  const page: RowPage = isTrouble ? { items: [] } : read;
  const details = { resource, operation, page, filters, trouble, isLater: given.has('cursor') };
  const view = listPage({ ...details, flash: flash(query.get('done')) }, visit.frame);
  return visit.desk.send(view, { status: isTrouble ? 400 : 200, formAction: [] });
}

async function rowsOf(
  operation: AdminOperation,
  given: URLSearchParams,
  visit: Visit,
): Promise<RowPage | AdminRefusal> {
  try {
    const input = readInput(operation.input, given, others);
    const page = { limit: pageLength, cursor: given.get('cursor') ?? undefined };
    return rowPage(await visit.desk.run(operation, { input, page }, visit.who));
  } catch (error) {
    if (error instanceof AdminRefusal && error.kind === 'invalid') return error;
    throw error;
  }
}

/** Browsers send the empty fields of a form too. */
function filled(query: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...query].filter(([, value]) => value.trim() !== ''));
}

function askForOne(resource: AdminResource, query: URLSearchParams, { desk, frame }: Visit): Response {
  const key = query.get(resource.key ?? '')?.trim();
  if (key) return leave(desk.links.row(resource.id, key), desk.deps);
  return desk.send(findPersonPage(resource, flash(query.get('done')), frame), { formAction: [] });
}
