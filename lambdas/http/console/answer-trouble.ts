import type { Context } from 'hono';
import { AdminRefusal } from '../../core/admin/admin-refusal.ts';
import { asOAuthError, errorHeaders, logError, pageStatusOf, refusalStatus } from '../errors.ts';
import { problemOf } from '../pages/problem.ts';
import { traceId } from '../trace-id.ts';
import type { ConsoleDesk } from './console-desk.ts';
import type { Frame } from './look/layout.ts';
import { notFoundPage, refusedPage } from './pages/dead-ends.ts';

const titles = {
  invalid: 'This address cannot be used',
  changed: 'Somebody else was faster',
  protected: 'This is managed elsewhere',
  forbidden: 'You may look, but not change',
} as const;

/** The page for what was refused, is not there, or went wrong. @param thrown undefined: there is no such page */
export function answerTrouble(thrown: unknown, context: Context, desk: ConsoleDesk, frame: Frame): Response {
  const { send, deps } = desk;
  const options = { formAction: [], deadEnd: true };
  if (thrown === undefined) return send(notFoundPage('There is no such page.', frame), { ...options, status: 404 });
  if (thrown instanceof AdminRefusal) {
    const { kind, message } = thrown;
    if (kind === 'not_found') return send(notFoundPage(message, frame), { ...options, status: 404 });
    const page = refusedPage(titles[kind], message, traceId(context), frame);
    return send(page, { ...options, status: refusalStatus(thrown) });
  }
  const error = asOAuthError(thrown);
  logError(error, context, deps.log);
  const { title, happened, help } = problemOf(error);
  const page = refusedPage(
    title,
    isOurs(error.reason) ? `${happened} ${help}` : `${error.message}.`,
    traceId(context),
    frame,
  );
  return send(page, { ...options, status: pageStatusOf(error), headers: errorHeaders(error) });
}

/** Reasons whose words fit people who came for no app. */
function isOurs(reason: string): boolean {
  return ['cross_site', 'too_many_requests'].includes(reason);
}
