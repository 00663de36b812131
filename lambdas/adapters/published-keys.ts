import type { Clock } from '../core/ports/clock.ts';
import type { SigningKey, SigningKeys } from '../core/ports/signing-keys.ts';
import { currentKeys, keyMemory } from '../core/signing-keys/current-keys.ts';
import type { AttributeValue, Attributes } from './signed-query.ts';
import { signedQuery } from './signed-query.ts';

/**
 * Seconds after a read that a token asked for, or that failed, in which `fresh` and failures ask no more: an attacker
 * chooses the `kid` of a token.
 */
const rest = 30;

/**
 * The published keys in the DynamoDB table `table`. A list is remembered for five minutes; while the table cannot be
 * read, the last good one is served and the table is asked again every 30 seconds.
 *
 * Without the AWS SDK, because discovery answers the first request that a client ever makes and its bundle is small.
 */
export function publishedKeys(table: string, clock: Clock): SigningKeys {
  let known: readonly SigningKey[] = [];
  let goodUntil = -Infinity;
  let restUntil = -Infinity;
  let asking: Promise<void> | undefined;

  async function ask(now: number, fresh: boolean): Promise<void> {
    if (fresh) restUntil = now + rest;
    try {
      known = await readKeys(table);
      goodUntil = now + keyMemory;
    } catch (error) {
      restUntil = now + rest;
      if (known.length === 0) throw error;
    }
  }

  return {
    async list({ fresh = false } = {}) {
      const now = clock.now();
      const enough = now < restUntil || (!fresh && now < goodUntil);
      // An empty list is no list: the first key appears moments after the first deployment.
      if (asking || !enough || known.length === 0) {
        asking ??= ask(now, fresh).finally(() => (asking = undefined));
        await asking;
      }
      // What is remembered says when a key begins to sign and when it goes.
      return currentKeys(known, now);
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
  const { set: _set, writeId: _writeId, madeBy: _madeBy, ...key } = plain({ M: item }) as Record<string, unknown>;
  return key as unknown as SigningKey;
}

function plain(value: AttributeValue): unknown {
  if ('S' in value) return value.S;
  if ('N' in value) return Number(value.N);
  return Object.fromEntries(Object.entries(value.M).map(([name, member]) => [name, plain(member)]));
}
