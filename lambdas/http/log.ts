/** All that the HTTP room ever logs: never a query, a body, a header or a whole request. */
export interface LogFields {
  readonly type?: string;
  readonly clientId?: string;
  readonly reason?: string;
  readonly method?: string;
  /** Path only: a query may hold a code. */
  readonly path?: string;
  readonly status?: number;
  readonly milliseconds?: number;
  readonly error?: unknown;
}

/** Where operators read; the trace id is added by whoever runs the request. */
export interface Log {
  info(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}
