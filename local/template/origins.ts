/** A public origin of the template and where it stands on this machine. */
export interface OriginMapping {
  /** As in the template, e.g. `https://d111.cloudfront.net`. */
  readonly from: string;
  /** As clients here call it, e.g. `http://localhost:8787`. */
  readonly to: string;
}

/**
 * Replaces every origin in every text under `value`. An origin matches only where it ends: at the end of the text or
 * before a character that no host name has.
 */
export function rewriteOrigins(value: unknown, mappings: readonly OriginMapping[]): unknown {
  if (typeof value === 'string') return mappings.reduce(replaceOrigin, value);
  if (Array.isArray(value)) return value.map((entry) => rewriteOrigins(entry, mappings));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, rewriteOrigins(entry, mappings)]));
}

function replaceOrigin(text: string, mapping: OriginMapping): string {
  if (!text.includes(mapping.from)) return text;
  const pattern = new RegExp(`${mapping.from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![A-Za-z0-9.-]|:\\d)`, 'g');
  return text.replace(pattern, () => mapping.to);
}
