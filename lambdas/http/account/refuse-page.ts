import type { Context } from 'hono';
import { AdminRefusal } from '../../core/admin/admin-refusal.ts';
import { asOAuthError, errorHeaders, logError, pageStatusOf } from '../errors.ts';
import { html } from '../pages/html.ts';
import { ownProblemOf } from '../pages/own-problem.ts';
import { RefusedRequest } from '../refused-request.ts';
import { traceId } from '../trace-id.ts';
import type { AccountDesk } from './account-desk.ts';

/** Tells what went wrong and where to go on. Another person's things and those that never were get the same words. */
export function refusePage(thrown: unknown, context: Context, desk: AccountDesk): Response {
  const error = asOAuthError(asRefused(thrown));
  logError(error, context, desk.deps.log);
  const { title, happened, help } = ownProblemOf(error);
  const content = html`<section class="card">
    <h1>${title}</h1>
    <p>${happened}</p>
    <p>${help}</p>
    <dl>
      <dt>Trace ID</dt>
      <dd><code>${traceId(context)}</code></dd>
    </dl>
    <div class="buttons"><a class="button main" href="${desk.links.overview()}">To your access</a></div>
  </section>`;
  const page = { title, content, links: desk.links };
  return desk.send(page, { status: pageStatusOf(error), deadEnd: true, headers: errorHeaders(error) });
}

function asRefused(thrown: unknown): unknown {
  if (!(thrown instanceof AdminRefusal)) return thrown;
  return thrown.kind === 'not_found'
    ? new RefusedRequest('not_found', 'nothing of yours is here')
    : new RefusedRequest('conflict', 'somebody else was faster; open the page again');
}
