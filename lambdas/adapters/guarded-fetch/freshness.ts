import type { IncomingHttpHeaders } from 'node:http';

/** Seconds of a directive's value; a malformed one counts as stale (RFC 9111 §4.2.1). */
function seconds(value: string | undefined): number {
  const digits = /^"?(\d{1,10})"?$/.exec(value ?? '')?.[1];
  return digits === undefined ? 0 : Number(digits);
}

function directives(header: string): ReadonlyMap<string, string | undefined> {
  const parts = header.split(',').map((part) => part.trim().split('='));
  // RFC 9111 §4.2.1: the first occurrence counts.
  return new Map(parts.reverse().map(([name = '', value]) => [name.trim().toLowerCase(), value?.trim()]));
}

function untilExpiry({ expires, date }: IncomingHttpHeaders, now: number): number | undefined {
  if (expires === undefined) return undefined;
  const sent = Date.parse(date ?? '');
  // RFC 9111 §5.3: an invalid date, `0` above all, means already expired.
  const end = /^\w{3}, /.test(expires) ? Date.parse(expires) : NaN;
  return Number.isNaN(end) ? 0 : (end - (Number.isNaN(sent) ? now : sent)) / 1000;
}

/**
 * For how many more seconds an answer is fresh for a shared cache (RFC 9111 §4.2).
 * @param now epoch milliseconds, for an answer without `Date`
 * @returns undefined if it does not say
 */
export function freshness(headers: IncomingHttpHeaders, now: number): number | undefined {
  const cacheControl = directives(headers['cache-control'] ?? '');
  if (['no-store', 'no-cache', 'private'].some((name) => cacheControl.has(name))) return 0;
  const named = ['s-maxage', 'max-age'].find((name) => cacheControl.has(name));
  const lifetime = named === undefined ? untilExpiry(headers, now) : seconds(cacheControl.get(named));
  if (lifetime === undefined) return undefined;
  return Math.max(0, Math.floor(lifetime - seconds(headers.age)));
}
