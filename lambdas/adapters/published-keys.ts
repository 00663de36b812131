import type { Clock } from '../core/ports/clock.ts';
import type { SigningKey, SigningKeys } from '../core/ports/signing-keys.ts';
import type { AttributeValue, Attributes } from './signed-query.ts';
import { signedQuery } from './signed-query.ts';

/** Seconds for which a list is served from memory. */
const memory = 300;
/** Seconds in which the table is asked at most once, whatever tokens name: an attacker chooses the `kid`. */
const rest = 30;

/**
 * The published keys in the DynamoDB table `table`. A list is remembered for five minutes; while the table cannot be
 * read, the last good one is served and the table is asked again every 30 seconds.
 *
 * Without the AWS SDK, because discovery answers the first request that a client ever makes and its bundle is small.
 */
export function publishedKeys(table: string, clock: Clock): SigningKeys {
  let known: readonly SigningKey[] = [];
  let readAt = -Infinity;
  let askedAt = -Infinity;
  let asking: Promise<readonly SigningKey[]> | undefined;

  async function ask(): Promise<readonly SigningKey[]> {
    askedAt = clock.now();
    try {
      known = await readKeys(table);
      readAt = askedAt;
    } catch (error) {
      if (known.length === 0) throw error;
    }
    return known;
  }

  return {
    async list({ fresh = false } = {}) {
      if (asking) return asking;
      const now = clock.now();
      // An empty list is no list: the first key appears moments after the first deployment.
      const enough = known.length > 0 && ((!fresh && now - readAt < memory) || now - askedAt < rest);
      if (enough) return known;
      asking = ask().finally(() => (asking = undefined));
      return asking;
    },
  };
}

async function readKeys(table: string): Promise<readonly SigningKey[]> {
  const items = await signedQuery({
    TableName: table,
    KeyConditionExpression: '#set = :set',
    ExpressionAttributeNames: { '#set': 'set' },
    ExpressionAttributeValues: { ':set': { S: 'signing-keys' } },
  });
  return items.map(toSigningKey);
}

function toSigningKey(item: Attributes): SigningKey {
  const { set: _set, writeId: _writeId, ...key } = plain({ M: item }) as Record<string, unknown>;
  return key as unknown as SigningKey;
}

function plain(value: AttributeValue): unknown {
  if ('S' in value) return value.S;
  if ('N' in value) return Number(value.N);
  return Object.fromEntries(Object.entries(value.M).map(([name, member]) => [name, plain(member)]));
}
