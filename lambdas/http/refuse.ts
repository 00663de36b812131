import type { Context } from 'hono';
import { asOAuthError, errorHeaders, errorUri, logError, pageStatusOf } from './errors.ts';
import type { Desk } from './interaction-app.ts';
import { isRecorded } from './is-recorded.ts';
import { errorPage } from './pages/error-page.ts';
import { traceId } from './trace-id.ts';

/** Tells a person what went wrong, on a page; nobody is redirected. */
export function refuse(
  thrown: unknown,
  context: Context,
  desk: Pick<Desk, 'issuer' | 'log' | 'send' | 'audit'>,
  sent: {
    readonly clientId?: string;
    readonly redirectUri?: string;
    /** Address of a sign-in for our own pages, if it was for one: there is no app to go back to. */
    readonly signIn?: string;
  } = {},
): Response {
  const error = asOAuthError(thrown);
  logError(error, context, desk.log);
  const { clientId, redirectUri } = sent;
  const claimed = clientId === undefined ? {} : { clientId };
  const event = { type: 'authorization.refused', decision: 'refused', reason: error.reason, ...claimed } as const;
  if (isRecorded(error)) desk.audit.record(event);
  const page = errorPage({
    error,
    traceId: traceId(context),
    errorUri: errorUri(desk.issuer, error.code),
    ...claimed,
    ...(redirectUri === undefined ? {} : { redirectUri }),
    ...(sent.signIn === undefined ? {} : { signIn: sent.signIn }),
  });
  return desk.send(page, { status: pageStatusOf(error), deadEnd: true, headers: errorHeaders(error) });
}
