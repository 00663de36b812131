import type { Agent } from 'node:http';
import { callEngine, EngineError } from './engine-call.ts';

/** A table whose items expire. */
export interface ExpiringTable {
  readonly name: string;
  readonly keys: readonly string[];
  /** The attribute with the epoch second after which an item may go. */
  readonly timeToLive: string;
}

type Item = Record<string, unknown>;

const fiveYears = 5 * 365 * 24 * 3600;
/** Items that are looked at in one go. The engine does one thing at a time, and requests wait for it. */
const pageLength = 250;
/** How many times as long as a page took the next one waits: a job in the background, nine tenths are for requests. */
const pause = 9;

/**
 * Deletes what has expired, as DynamoDB does; items that expired more than five years ago stay, also as it does.
 * @param now epoch seconds
 * @returns how many were deleted
 */
export async function sweepTable(endpoint: string, table: ExpiringTable, now: number, agent?: Agent): Promise<number> {
  const names = Object.fromEntries(table.keys.map((key, index) => [`#k${index}`, key]));
  let start: unknown;
  let deleted = 0;
  do {
    const begun = performance.now();
    const page = await callEngine(
      endpoint,
      'Scan',
      {
        TableName: table.name,
        Limit: pageLength,
        ProjectionExpression: Object.keys(names).join(', '),
        FilterExpression: '#t < :now AND #t > :floor',
        ExpressionAttributeNames: { ...names, '#t': table.timeToLive },
        ExpressionAttributeValues: { ':now': { N: String(now) }, ':floor': { N: String(now - fiveYears) } },
        ...(start ? { ExclusiveStartKey: start } : {}),
      },
      agent,
    );
    for (const item of (page['Items'] ?? []) as Item[]) deleted += await remove(endpoint, table, item, now, agent);
    start = page['LastEvaluatedKey'];
    if (start) await new Promise((resolve) => setTimeout(resolve, pause * (performance.now() - begun)));
  } while (start);
  return deleted;
}

async function remove(endpoint: string, table: ExpiringTable, item: Item, now: number, agent?: Agent): Promise<number> {
  try {
    const Key = Object.fromEntries(table.keys.map((key) => [key, item[key]]));
    await callEngine(
      endpoint,
      'DeleteItem',
      {
        TableName: table.name,
        Key,
        // Its life may have been made longer since the scan.
        ConditionExpression: '#t < :now',
        ExpressionAttributeNames: { '#t': table.timeToLive },
        ExpressionAttributeValues: { ':now': { N: String(now) } },
      },
      agent,
    );
    return 1;
  } catch (error) {
    if (error instanceof EngineError && error.name === 'ConditionalCheckFailedException') return 0;
    throw error;
  }
}
