import type { Audit } from '../core/ports/audit.ts';

/** What a log line may hold besides its level, message, function and trace id. Nothing else is ever written. */
export interface LogFields {
  readonly type?: string;
  readonly clientId?: string;
  readonly sub?: string;
  readonly gid?: string;
  readonly server?: string;
  readonly tool?: string;
  readonly reason?: string;
  readonly method?: string;
  /** Path only: a query may hold a code. */
  readonly path?: string;
  readonly status?: number;
  readonly milliseconds?: number;
  /** Only its kind, its safe message and where it was thrown are written; see `describeError`. */
  readonly error?: unknown;
}

export type LogLevel = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** A logger that writes one JSON line an event to stdout. @param name function that runs */
export function createLogger(_name: string): Logger {
  throw new Error('not built yet');
}

/** Runs `work` so that every log line in it carries `traceId` (API Gateway's request id). */
export function withTraceId<T>(_traceId: string, _work: () => T): T {
  throw new Error('not built yet');
}

/** The trace id of the running invocation. */
export function currentTraceId(): string | undefined {
  throw new Error('not built yet');
}

/** Audit events as log lines with `message: "audit"`. */
export function logAudit(_logger: Logger): Audit {
  throw new Error('not built yet');
}
