import type { Context } from 'hono';
import type { AdminRefusal, AdminRefusalKind } from '../core/admin/admin-refusal.ts';
import { DpopNonceNeeded } from '../core/dpop/dpop-nonce.ts';
import type { OAuthErrorCode } from '../core/errors.ts';
import { OAuthError } from '../core/errors.ts';
import { TooManyRequests } from '../core/rate-limit/too-many-requests.ts';
import type { Log } from './log.ts';
import type { Fault } from './refused-request.ts';
import { RefusedRequest } from './refused-request.ts';
import { traceId } from './trace-id.ts';

/** What an error answer needs to know of the deployment. */
export interface ErrorContext {
  readonly issuer: string;
  readonly log: Log;
}

// OAuth 2.1 §3.2.4: 400 unless said otherwise; 401 for failed client authentication.
const statusOfCode: Partial<Record<OAuthErrorCode, number>> = {
  invalid_client: 401,
  invalid_token: 401,
  insufficient_scope: 403,
  server_error: 500,
  temporarily_unavailable: 503,
};

const statusOfFault: Record<Fault, number> = {
  not_found: 404,
  method_not_allowed: 405,
  too_large: 413,
  wrong_media_type: 415,
  switched_off: 403,
  conflict: 409,
};

const statusOfRefusal: Record<AdminRefusalKind, number> = {
  invalid: 400,
  forbidden: 403,
  not_found: 404,
  changed: 409,
  protected: 409,
};

/** Seconds after which it is worth trying again. */
const retryAfter = '10';

/** What happened, as an error of the protocol; anything unexpected becomes a `server_error` that says nothing. */
export function asOAuthError(error: unknown): OAuthError {
  if (error instanceof OAuthError) return error;
  return new OAuthError('server_error', 'something went wrong here; try again, and report the trace id if it stays', {
    reason: 'unexpected',
    cause: error,
  });
}

/** The status for an API: the only place that maps errors to statuses. */
export function statusOf(error: OAuthError): number {
  if (error instanceof RefusedRequest) return statusOfFault[error.fault];
  // RFC 6585 §4
  if (error instanceof TooManyRequests) return 429;
  return statusOfCode[error.code] ?? 400;
}

/** The status for what an operation of administrators refused; as a page and to programs the same. */
export function refusalStatus({ kind }: Pick<AdminRefusal, 'kind'>): number {
  return statusOfRefusal[kind];
}

/** The status for a page: a person is not an HTTP client that could authenticate, so 401 makes no sense there. */
export function pageStatusOf(error: OAuthError): number {
  const status = statusOf(error);
  return status === 401 ? 400 : status;
}

/** Headers that belong to an error whatever its body. */
export function errorHeaders(error: OAuthError): Record<string, string> {
  // RFC 9449 §8
  if (error instanceof DpopNonceNeeded) return { 'DPoP-Nonce': error.nonce };
  if (error instanceof TooManyRequests) return { 'Retry-After': String(error.wait) };
  return error.code === 'temporarily_unavailable' ? { 'Retry-After': retryAfter } : {};
}

/** Where the error code is explained to people (`error_uri`). */
export function errorUri(issuer: string, code: string): string {
  return `${issuer}/errors/${code}`;
}

/** The JSON body of OAuth 2.1 §3.2.4 with its status and headers; the reason and the cause go to the log. */
export function answerJson(thrown: unknown, context: Context, known: ErrorContext): Response {
  const error = asOAuthError(thrown);
  logError(error, context, known.log);
  const trace = error.code === 'server_error' ? { trace_id: traceId(context) } : {};
  const body = {
    error: error.code,
    error_description: error.message,
    error_uri: errorUri(known.issuer, error.code),
    ...trace,
  };
  return Response.json(body, {
    status: statusOf(error),
    headers: { ...errorHeaders(error), ...challenge(error, context, known.issuer) },
  });
}

function challenge(error: OAuthError, context: Context, issuer: string): Record<string, string> {
  const tried = context.req.header('Authorization') !== undefined;
  // RFC 6750 §3: with an error only where a token was sent.
  if (error.code === 'invalid_token') {
    return { 'WWW-Authenticate': `Bearer realm="${issuer}"${tried ? ', error="invalid_token"' : ''}` };
  }
  // OAuth 2.1 §3.2.4: a client that tried the Authorization header is told which scheme works.
  if (error.code !== 'invalid_client' || !tried) return {};
  return { 'WWW-Authenticate': `Basic realm="${issuer}", charset="UTF-8"` };
}

/** One line: `error` for what an operator must repair, `info` for what a client or person did. */
export function logError(error: OAuthError, context: Context, log: Log): void {
  const fields = { type: error.code, reason: error.reason, method: context.req.method, path: context.req.path };
  if (statusOf(error) >= 500) log.error('request failed', { ...fields, error });
  else log.info('request refused', error.cause === undefined ? fields : { ...fields, error });
}
