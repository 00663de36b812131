import type { Context } from 'hono';

/** The request's id at API Gateway: on every error page and in every log line, so that one leads to the other. */
export function traceId(context: Context): string {
  const bindings = context.env as { readonly requestContext?: { readonly requestId?: string } } | undefined;
  return bindings?.requestContext?.requestId ?? 'unknown';
}
