import type { AuditEvent } from './audit.ts';

/** An event as it was written down. */
export interface AuditRecord extends Omit<AuditEvent, 'scopes' | 'decision'> {
  /** Random, of this event alone: whoever gets it twice can tell. */
  readonly id: string;
  /** ISO 8601 with milliseconds, UTC. */
  readonly time: string;
  readonly decision: 'allowed' | 'refused';
  /** Space-separated. */
  readonly scopes?: string;
  /** API Gateway's request id. */
  readonly traceId?: string;
  /** Of the viewer. */
  readonly address?: string;
  /** Of whoever connected to API Gateway, where that is another address. */
  readonly connection?: string;
  readonly userAgent?: string;
}

/** What events can be asked by. */
export type AuditDimension = 'sub' | 'clientId' | 'gid' | 'traceId';

/** What events must be besides: each member equal. */
export type AuditFilters = Partial<
  Pick<AuditRecord, AuditDimension | 'type' | 'decision' | 'reason' | 'server' | 'tool' | 'grantType'>
>;

export interface AuditPage {
  /** Newest first; may be fewer than asked for, even none, where there is a cursor. */
  readonly records: readonly AuditRecord[];
  /** For the next page; absent on the last one. */
  readonly cursor?: string;
}

/** Which part of what was found. */
export interface AuditPageRequest {
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** Epoch seconds, from which events count as gone. */
  readonly now: number;
  /** @default every event */
  readonly where?: AuditFilters | undefined;
  /** ISO 8601 with milliseconds, UTC: only events of before. @default all */
  readonly before?: string | undefined;
}

/** The events of the last months. They arrive seconds after they happened. */
export interface AuditTrail {
  /**
   * What is about one value.
   * @param value of the dimension, such as a client id
   * @throws OAuthError invalid_request for a cursor of another query
   */
  find(by: AuditDimension, value: string, page: AuditPageRequest): Promise<AuditPage>;
  /**
   * The newest events of all.
   * @param page `oldest`: epoch second of the day at which to end
   * @throws OAuthError invalid_request for a cursor of another query
   */
  newest(page: AuditPageRequest & { readonly oldest: number }): Promise<AuditPage>;
  /** Writing the same record again changes nothing. @param expiresAt epoch seconds of the end of each record */
  write(records: readonly AuditRecord[], expiresAt: (record: AuditRecord) => number): Promise<void>;
}
