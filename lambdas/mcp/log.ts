/** Where this room writes what happened; arguments and results of tools never go there. */
export interface Log {
  info(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

export interface LogFields {
  readonly server?: string;
  readonly tool?: string;
  readonly sub?: string;
  readonly clientId?: string;
  readonly gid?: string;
  readonly reason?: string;
  readonly status?: number;
  readonly error?: unknown;
}
