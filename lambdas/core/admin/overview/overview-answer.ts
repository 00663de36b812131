/** What happened in one hour or day. */
export interface Moment {
  /** ISO 8601, UTC: its beginning. */
  readonly from: string;
  readonly signIns: number;
  readonly tokens: number;
  readonly calls: number;
  readonly refusals: number;
}

/** The answer of `overview.get`; the members of the resource `overview` in contract/admin/resources.ts. */
export interface OverviewAnswer {
  /** The last 24, oldest first, those without anything included. */
  readonly hours: readonly Moment[];
  /** The last 30, in the same way. */
  readonly days: readonly Moment[];
  /** Largest first, as are the next two. */
  readonly refusals: readonly { readonly reason: string; readonly count: number }[];
  readonly topClients: readonly { readonly client: string; readonly clientName?: string; readonly count: number }[];
  readonly topTools: readonly { readonly server: string; readonly tool: string; readonly count: number }[];
}
