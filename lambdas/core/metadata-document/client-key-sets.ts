import type { Client } from '../client.ts';
import type { ClientJwk, ClientKeys } from '../ports/client-keys.ts';
import type { Clock } from '../ports/clock.ts';
import type { Documents } from '../ports/documents.ts';
import { DocumentError } from '../ports/documents.ts';
import { putNewest } from '../put-newest.ts';
import type { MetadataDocumentPolicy } from './host-policy.ts';
import { isHostAllowed } from './host-policy.ts';

interface Remembered {
  readonly keys: readonly ClientJwk[];
  /** Epoch seconds. */
  readonly fetchedAt: number;
}

/** Seconds for which a fetched key set is used without asking again. */
const memory = 600;
/** Seconds that must pass before a key set is fetched again for a key that it lacks. */
const pause = 60;
/** Key sets remembered at once; the oldest goes first. */
const room = 200;
const most = 100;

// RFC 7517 §5: members and keys that are not understood are ignored. A symmetric key in public is no key.
function usableKeys(body: Readonly<Record<string, unknown>>): readonly ClientJwk[] {
  const { keys } = body;
  if (!Array.isArray(keys)) throw new DocumentError('invalid', 'the key set has no array keys');
  const objects = keys.filter((key): key is ClientJwk => typeof key === 'object' && key !== null);
  return objects.filter((key) => typeof key['kty'] === 'string' && key['kty'] !== 'oct').slice(0, most);
}

/**
 * Keys of clients: those in their metadata, or those at their `jwksUri`, fetched under the same guard as metadata
 * documents and remembered for ten minutes. Failures are not remembered, but where a key set is, they do not matter
 * until its ten minutes are over.
 * @param deps `policy`: hosts of key sets are held to it as well, unless an administrator registered the client
 */
export function clientKeySets(deps: {
  readonly documents: Documents;
  readonly policy: MetadataDocumentPolicy;
  readonly clock: Clock;
}): ClientKeys {
  const { documents, policy, clock } = deps;
  const known = new Map<string, Remembered>();

  async function fetchKeys(url: string, now: number): Promise<readonly ClientJwk[]> {
    const keys = usableKeys((await documents.load(url, 'jwks')).body);
    putNewest(known, url, { keys, fetchedAt: now }, room);
    return keys;
  }

  async function keysAt(url: string, fresh: boolean): Promise<readonly ClientJwk[]> {
    const now = clock.now();
    const entry = known.get(url);
    if (entry && now < entry.fetchedAt + (fresh ? pause : memory)) return entry.keys;
    try {
      return await fetchKeys(url, now);
    } catch (error) {
      if (!entry || now >= entry.fetchedAt + memory) throw error;
      return entry.keys;
    }
  }

  return {
    async find(client: Client, { fresh = false } = {}) {
      if (client.jwks) return client.jwks.keys;
      if (client.jwksUri === undefined) return [];
      if (client.kind !== 'pre-registered' && !isHostAllowed(client.jwksUri, policy)) {
        throw new DocumentError('refused', 'the host of jwks_uri is not allowed');
      }
      return keysAt(client.jwksUri, fresh);
    },
  };
}
