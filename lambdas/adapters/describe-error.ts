import { scrub } from './scrub.ts';

/** What a log line says of an error. */
export interface ErrorDescription {
  readonly name: string;
  readonly message?: string;
  /** OAuth or system error code. */
  readonly code?: string;
  /** Tag of the rule that refused. */
  readonly reason?: string;
  /** Request id of the AWS service that refused. */
  readonly awsRequestId?: string;
  /** Innermost places where it was thrown. */
  readonly at?: readonly string[];
  readonly cause?: ErrorDescription;
}

const deepest = 4;
const frames = 4;

/**
 * Describes an error for the log. Only the fields named here are read: whatever else an error carries (parameters,
 * headers, a response body) may hold a secret. The message of a refusal is left out, because its code and reason say it.
 */
export function describeError(error: unknown, depth = 1): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error };
  const known = error as Error & { code?: unknown; reason?: unknown; $metadata?: { requestId?: unknown } };
  const isRefusal = typeof known.code === 'string' && typeof known.reason === 'string';
  return {
    name: scrub(error.name),
    ...(isRefusal ? {} : { message: scrub(error.message) }),
    ...text('code', known.code),
    ...text('reason', known.reason),
    ...text('awsRequestId', known.$metadata?.requestId),
    ...(isRefusal ? {} : { at: placesOf(error) }),
    ...(error.cause !== undefined && depth < deepest ? { cause: describeError(error.cause, depth + 1) } : {}),
  };
}

function text(name: string, value: unknown): Record<string, string> {
  return typeof value === 'string' ? { [name]: scrub(value) } : {};
}

/** The first line of a stack repeats the message, so only lines that name a place are taken. */
function placesOf(error: Error): string[] {
  const lines = (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line));
  return lines.slice(0, frames).map((line) => scrub(line.trim()));
}
