const minute = 60;
const hour = 3600;
const day = 86_400;

/** Seconds that the last good copy serves after it stopped being fresh, while its host does not answer. */
const staleLife = 7 * day;

/**
 * How long a copy of a metadata document is good (CIMD §4.4, AS-26): what HTTP says, but at least a minute, so that no
 * host is asked at every request, and at most a day; an hour if HTTP says nothing.
 * @param fetchedAt epoch seconds
 * @param maxAge seconds
 */
export function copyLife(
  fetchedAt: number,
  maxAge = hour,
): { readonly freshUntil: number; readonly expiresAt: number } {
  const freshUntil = fetchedAt + Math.min(Math.max(maxAge, minute), day);
  return { freshUntil, expiresAt: freshUntil + staleLife };
}
