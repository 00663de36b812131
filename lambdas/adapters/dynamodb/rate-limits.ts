import type { RateLimits, Taken } from '../../core/ports/rate-limits.ts';
import type { Bucket } from '../../core/rate-limit/bucket.ts';
import { bucketOf } from '../../core/rate-limit/bucket.ts';
import type { WriteOutcome } from './conditional-write.ts';
import { updateItem } from './conditional-write.ts';
import type { DocumentClient } from './document-client.ts';

/**
 * Writes at most for one lease. A full bucket may turn out to be in use, and one in use to hold fewer tokens or to be
 * full again; beyond that the bucket is so contended that waiting is right.
 */
const attempts = 3;

/** Token buckets in the DynamoDB table `table` (docs/storage.md). */
export function dynamoRateLimits(db: DocumentClient, table: string): RateLimits {
  /** One write that holds the limit in its condition: from a full bucket, or added to what others took. */
  function write(id: string, bucket: Bucket, tokens: number, now: number, seen: number): Promise<WriteOutcome> {
    const start = now * 1_000_000;
    const taken = tokens * bucket.cost;
    const target = { db, table, key: { id } };
    const expiresAt = Math.ceil(bucket.ceiling(now) / 1_000_000) + 60;
    if (seen <= start) {
      return updateItem(
        target,
        { set: { fullAt: start + taken, expiresAt } },
        {
          anyOf: [
            { test: 'missing', name: 'id' },
            { test: 'below', name: 'fullAt', value: start + 1 },
          ],
        },
      );
    }
    return updateItem(target, { add: { fullAt: taken }, set: { expiresAt } }, [
      { test: 'above', name: 'fullAt', value: start },
      { test: 'below', name: 'fullAt', value: bucket.ceiling(now) - taken + 1 },
    ]);
  }

  return {
    async take(key, wanted, limit, now, seen): Promise<Taken> {
      const bucket = bucketOf(limit);
      let fullAt = seen;
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const tokens = Math.min(wanted, bucket.tokensAt(now, fullAt));
        // Others only take more: what memory says is gone is gone.
        if (tokens === 0) return { tokens: 0, fullAt };
        const { ok, item } = await write(key, bucket, tokens, now, fullAt);
        fullAt = Number(item?.['fullAt'] ?? 0);
        if (ok) return { tokens, fullAt };
      }
      return { tokens: 0, fullAt };
    },
  };
}
