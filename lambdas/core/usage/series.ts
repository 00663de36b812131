/**
 * Names of series and counters (core/ports/usage.ts). Whoever counts and whoever draws charts use the same ones.
 * `at` is ISO 8601 in UTC, such as `2026-11-21T07:30:00.000Z`.
 */
export const series = {
  /** Counters begin with `<hour>#`. */
  hoursOf: (at: string): string => `hours#${at.slice(0, 10)}`,
  /** Counters begin with `<day>#`. */
  daysOf: (at: string): string => `days#${at.slice(0, 7)}`,
  /** Counters are client ids. */
  clientsOf: (at: string): string => `clients#${at.slice(0, 7)}`,
  /** Counters are `<server>/<tool>`. */
  toolsOf: (at: string): string => `tools#${at.slice(0, 7)}`,
} as const;

/** Hour (`07`) and day of the month (`21`) with which counters begin. */
export function hourOf(at: string): string {
  return at.slice(11, 13);
}
export function dayOf(at: string): string {
  return at.slice(8, 10);
}

/** What is counted over time; refusals by reason, as `refusal#<reason>`. */
export const counted = { signIn: 'sign_in', token: 'token', call: 'call', refusal: 'refusal#' } as const;
