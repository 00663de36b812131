import { AsyncLocalStorage } from 'node:async_hooks';
import { LogFormatter, LogItem, Logger as PowertoolsLogger } from '@aws-lambda-powertools/logger';
import { describeError } from './describe-error.ts';
import type { RequestOrigin } from './request-origin.ts';
import { requestOrigin } from './request-origin.ts';
import { scrub } from './scrub.ts';

/** What a log line may hold besides its level, message, function, time and trace id. Nothing else is ever written. */
export interface LogFields extends RequestOrigin {
  /** Of an audit event. */
  readonly id?: string;
  readonly decision?: 'allowed' | 'refused';
  readonly grantType?: string;
  /** Space-separated. */
  readonly scopes?: string;
  readonly type?: string;
  readonly clientId?: string;
  readonly sub?: string;
  readonly gid?: string;
  readonly server?: string;
  readonly tool?: string;
  readonly reason?: string;
  readonly changed?: string;
  readonly method?: string;
  /** Path only: a query may hold a code. */
  readonly path?: string;
  readonly status?: number;
  readonly milliseconds?: number;
  /** Only what `describeError` reads of it is written. */
  readonly error?: unknown;
}

export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

const plainFields = [
  'id',
  'type',
  'decision',
  'clientId',
  'sub',
  'gid',
  'server',
  'tool',
  'scopes',
  'grantType',
  'reason',
  'changed',
  'address',
  'connection',
  'userAgent',
  'method',
  'path',
  'status',
  'milliseconds',
] as const satisfies readonly (keyof LogFields)[];

interface Invocation {
  readonly traceId: string;
  readonly origin: RequestOrigin;
}

const invocation = new AsyncLocalStorage<Invocation>();

/** Runs `work` so that every log line in it carries `traceId` (API Gateway's request id). */
export function withTraceId<T>(traceId: string, work: () => T): T {
  return invocation.run({ traceId, origin: {} }, work);
}

/**
 * Like `withTraceId`, and what is audited in it also carries where the request came from.
 * @param settings whether CloudFront stands in front
 */
export function traceRequests(settings: {
  readonly edge?: 'cloudfront' | 'none' | undefined;
}): <T>(traceId: string, work: () => T, event: unknown) => T {
  return (traceId, work, event) => invocation.run({ traceId, origin: requestOrigin(event, settings.edge) }, work);
}

/** The trace id of the running invocation. */
export function currentTraceId(): string | undefined {
  return invocation.getStore()?.traceId;
}

/** Where the running invocation's request came from. */
export function currentOrigin(): RequestOrigin {
  return invocation.getStore()?.origin ?? {};
}

/**
 * A logger that writes one JSON line an event. Powertools brings the level from Lambda's own logging controls
 * (`AWS_LAMBDA_LOG_LEVEL`) and a line that Lambda does not wrap again; what a line holds is decided here.
 * @param name function that runs
 */
export function createLogger(name: string): Logger {
  const powertools = new PowertoolsLogger({ serviceName: name, logFormatter: new AllowListFormatter() });
  const write = (level: 'debug' | 'info' | 'warn' | 'error') => (message: string, fields?: LogFields) =>
    powertools[level](scrub(message), { fields: allowed(fields) });
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

class AllowListFormatter extends LogFormatter {
  formatAttributes(
    base: Parameters<LogFormatter['formatAttributes']>[0],
    additional: Parameters<LogFormatter['formatAttributes']>[1],
  ): LogItem {
    const { logLevel: level, message, serviceName, timestamp } = base;
    const traceId = currentTraceId();
    const attributes = { level, message, timestamp: timestamp.toISOString(), function: serviceName, traceId };
    return new LogItem({ attributes: { ...attributes, ...(additional['fields'] as object) } });
  }
}

/** The type is an allow-list for those who write it down; an object that is passed along may carry more. */
function allowed(fields: LogFields = {}): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const name of plainFields) {
    const value: unknown = fields[name];
    if (typeof value === 'string') kept[name] = scrub(value);
    if (typeof value === 'number') kept[name] = value;
  }
  if (fields.error !== undefined) kept['error'] = describeError(fields.error);
  return kept;
}
