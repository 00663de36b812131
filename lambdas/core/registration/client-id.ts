import { digest } from '../digest.ts';
import type { DeclaredClient } from './client-metadata.ts';

/** The same text for the same metadata, whatever the order of its members and lists. */
function canonicalText(declared: DeclaredClient): string {
  const entries = Object.entries(declared).map(([name, value]) => {
    return [name, Array.isArray(value) ? [...(value as readonly string[])].sort() : value] as const;
  });
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The id of a public client: its metadata, hashed. Registering again is the same client, so a thousand registrations
 * are one row, and an id that a client lost comes back by itself (clients.md pains 2 and 22).
 */
export function publicClientId(declared: DeclaredClient): string {
  return `dcr_${digest(canonicalText(declared))}`;
}
