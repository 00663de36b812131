/** A time as answers carry it: ISO 8601 in UTC, to the second. @param epochSeconds a fraction is cut off */
export function isoTime(epochSeconds: number): string {
  return new Date(Math.floor(epochSeconds) * 1000).toISOString().replace('.000Z', 'Z');
}
