import type { Context } from 'hono';
import { readQuery } from '../read-params.ts';
import type { Visit } from './console-desk.ts';
import { overviewPage } from './pages/overview-page.ts';
import { operationOf } from './table-of-operations.ts';

/** What happened lately; by hours, or by days as the address says. */
export async function showOverview(context: Context, { desk, who, frame }: Visit): Promise<Response> {
  const get = operationOf('overview', 'get');
  const answer = get ? await desk.run(get, {}, who) : {};
  const span = readQuery(context).get('span') === 'days' ? 'days' : 'hours';
  return desk.send(overviewPage(answer, span, frame), { formAction: [] });
}
