import type { Context } from 'hono';
import { AdminRefusal } from '../../core/admin/admin-refusal.ts';
import type { AdminRefusalKind } from '../../core/admin/admin-refusal.ts';
import type { ErrorContext } from '../errors.ts';
import { asOAuthError, errorHeaders, errorUri, logError, refusalStatus, statusOf } from '../errors.ts';
import { RefusedRequest } from '../refused-request.ts';
import { traceId } from '../trace-id.ts';

const titles: Record<AdminRefusalKind, string> = {
  invalid: 'The input cannot be taken',
  not_found: 'There is no such thing',
  changed: 'Somebody else was faster',
  protected: 'It is managed elsewhere',
  forbidden: 'This needs more rights',
};

/**
 * An error of the admin API as problem details (RFC 9457). `type` names the kind, and leads to the page that explains it
 * where there is one; `errors` says what is wrong with which field; `traceId` is what an operator finds it by.
 */
export function answerProblem(thrown: unknown, context: Context, known: ErrorContext): Response {
  const problem = thrown instanceof AdminRefusal ? refusal(thrown) : fault(thrown, context, known);
  const { headers, ...body } = { headers: {}, ...problem };
  return new Response(JSON.stringify({ ...body, traceId: traceId(context) }), {
    status: problem.status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  });
}

interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: AdminRefusal['fields'];
  readonly headers?: Record<string, string>;
}

function refusal(thrown: AdminRefusal): Problem {
  const { kind, message, fields } = thrown;
  return {
    type: `urn:gatehouse:problem:${kind}`,
    title: titles[kind],
    status: refusalStatus(thrown),
    detail: message,
    ...(fields.length > 0 && { errors: fields }),
  };
}

function fault(thrown: unknown, context: Context, { issuer, log }: ErrorContext): Problem {
  const error = asOAuthError(thrown);
  logError(error, context, log);
  const detail = `${error.message[0]?.toUpperCase() ?? ''}${error.message.slice(1)}.`.replace(/\.\.$/, '.');
  return {
    // HTTP itself refused: the status says it all.
    type: error instanceof RefusedRequest ? 'about:blank' : errorUri(issuer, error.code),
    title: error instanceof RefusedRequest ? error.fault.replaceAll('_', ' ') : error.code.replaceAll('_', ' '),
    status: statusOf(error),
    detail,
    headers: errorHeaders(error),
  };
}
