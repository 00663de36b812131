import type { Usage, UsageCount } from '../../core/ports/usage.ts';
import type { DocumentClient, Item } from './document-client.ts';

/** Writes at the same time. */
const parallel = 25;

/** Counters in the DynamoDB table `table`: one item a counter (docs/storage.md). */
export function dynamoUsage(db: DocumentClient, table: string): Usage {
  const query = async (series: string, more: Readonly<Record<string, unknown>>) => {
    const { Items = [], LastEvaluatedKey } = await db.send('Query', {
      TableName: table,
      KeyConditionExpression: '#series = :series',
      ExpressionAttributeNames: { '#series': 'series' },
      ExpressionAttributeValues: { ':series': series },
      ...more,
    });
    return { counts: Items.map(toCount), last: LastEvaluatedKey };
  };

  return {
    async add(series, counts, expiresAt) {
      for (let start = 0; start < counts.length; start += parallel) {
        const writes = counts.slice(start, start + parallel).map(({ name, count }) =>
          db.send('UpdateItem', {
            TableName: table,
            Key: { series, name },
            UpdateExpression: 'SET #expiresAt = :expiresAt ADD #count :count',
            ExpressionAttributeNames: { '#expiresAt': 'expiresAt', '#count': 'count' },
            ExpressionAttributeValues: { ':expiresAt': expiresAt, ':count': count },
          }),
        );
        await Promise.all(writes);
      }
    },

    async read(series) {
      const all: UsageCount[] = [];
      for (let start: Item | undefined, first = true; first || start; first = false) {
        const { counts, last } = await query(series, start ? { ExclusiveStartKey: start } : {});
        all.push(...counts);
        start = last;
      }
      return all;
    },

    async top(series, limit) {
      return (await query(series, { IndexName: 'byCount', Limit: limit, ScanIndexForward: false })).counts;
    },
  };
}

function toCount({ name, count }: Item): UsageCount {
  return { name: String(name), count: Number(count) };
}
