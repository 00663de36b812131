/** ISO 8601 in UTC, which models read better than numbers. @param seconds epoch seconds */
export function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
