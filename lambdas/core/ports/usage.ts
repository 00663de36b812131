/** Something that was counted. */
export interface UsageCount {
  /** `sign_in`, `token`, `call`, `refusal#<reason>`; a client id; `<server>/<tool>`. */
  readonly name: string;
  readonly count: number;
}

/**
 * How much happened, for charts: estimates, because a delivery that failed halfway is counted twice. The audit trail is
 * the truth. Series: `hours#<date>` (names begin with `<hour>#`), `days#<month>` (`<day>#`), `clients#<month>`,
 * `tools#<month>`; all in UTC.
 */
export interface Usage {
  /** Adds; one write a counter. @param expiresAt epoch seconds */
  add(series: string, counts: readonly UsageCount[], expiresAt: number): Promise<void>;
  /** All counters of a bounded series (`hours`, `days`). */
  read(series: string): Promise<readonly UsageCount[]>;
  /** The largest of a series that has no bound (`clients`, `tools`). */
  top(series: string, limit: number): Promise<readonly UsageCount[]>;
}
