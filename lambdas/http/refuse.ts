import type { Context } from 'hono';
import { asOAuthError, errorHeaders, errorUri, logError, pageStatusOf } from './errors.ts';
import type { Desk } from './interaction-app.ts';
import { errorPage } from './pages/error-page.ts';
import { traceId } from './trace-id.ts';

/** Tells a person what went wrong, on a page; nobody is redirected. */
export function refuse(
  thrown: unknown,
  context: Context,
  desk: Pick<Desk, 'issuer' | 'log' | 'send' | 'audit'>,
  sent: { readonly clientId?: string; readonly redirectUri?: string } = {},
): Response {
  const error = asOAuthError(thrown);
  logError(error, context, desk.log);
  const { clientId, redirectUri } = sent;
  desk.audit.record({
    type: 'authorization.refused',
    decision: 'refused',
    reason: error.reason,
    ...(clientId !== undefined && { clientId }),
  });
  const page = errorPage({
    error,
    traceId: traceId(context),
    errorUri: errorUri(desk.issuer, error.code),
    ...(clientId === undefined ? {} : { clientId }),
    ...(redirectUri === undefined ? {} : { redirectUri }),
  });
  return desk.send(page, { status: pageStatusOf(error), deadEnd: true, headers: errorHeaders(error) });
}
