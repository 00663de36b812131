import type { Context } from 'hono';
import { AdminRefusal } from '../../core/admin/admin-refusal.ts';
import { asOAuthError, errorHeaders, logError, pageStatusOf } from '../errors.ts';
import { html } from '../pages/html.ts';
import { problemOf } from '../pages/problem.ts';
import { RefusedRequest } from '../refused-request.ts';
import { traceId } from '../trace-id.ts';
import type { AccountDesk } from './account-desk.ts';

/** Tells what went wrong and where to go on. Another person's things and those that never were get the same words. */
export function refusePage(thrown: unknown, context: Context, desk: AccountDesk): Response {
  const error = asOAuthError(asRefused(thrown));
  logError(error, context, desk.deps.log);
  const { title, happened, help } = problemFor(error);
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

/** @param error as HTTP refuses it */
function problemFor(error: ReturnType<typeof asOAuthError>): ReturnType<typeof problemOf> {
  if (error instanceof RefusedRequest && error.fault === 'not_found') {
    return {
      title: 'There is nothing here',
      happened: 'This page does not exist, or what it was about is over.',
      help: 'Your own page shows everything that you have now.',
    };
  }
  if (error.code === 'server_error') {
    return {
      title: 'Something went wrong here',
      happened: 'It is not your fault. What you asked for may not have happened.',
      help: 'Look at your own page, then try again. If it happens again, give the trace id to your administrator.',
    };
  }
  return problemOf(error);
}

function asRefused(thrown: unknown): unknown {
  if (!(thrown instanceof AdminRefusal)) return thrown;
  return thrown.kind === 'not_found'
    ? new RefusedRequest('not_found', 'nothing of yours is here')
    : new RefusedRequest('conflict', 'somebody else was faster; open the page again');
}
