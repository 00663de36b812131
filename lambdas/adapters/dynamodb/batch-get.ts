import type { NativeAttributeValue } from '@aws-sdk/util-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { CallConfig } from '../signed-call.ts';
import { signedCall } from '../signed-call.ts';
import type { Item, KeysOf } from './document-client.ts';

type Typed = ReturnType<typeof marshall>;
interface Wanted {
  readonly table: string;
  readonly key: Typed;
}
type Requests = Record<string, { readonly Keys: readonly Typed[]; readonly ConsistentRead?: true }>;
interface Answer {
  readonly Responses?: Record<string, Typed[]>;
  readonly UnprocessedKeys?: Requests;
}

/** Keys that DynamoDB takes in one call. */
const most = 100;
/** Calls for the same keys: DynamoDB leaves keys over when it is busy. */
const attempts = 4;
/** Milliseconds before such a call is repeated; doubled before the next. */
const firstWait = 25;

/** See `DocumentClient.batchGet`. */
export async function batchGet(wanted: readonly KeysOf[], config: CallConfig): Promise<readonly (readonly Item[])[]> {
  const found = new Map<string, Item[]>(wanted.map(({ table }) => [table, []]));
  const all = distinct(wanted);
  for (let start = 0; start < all.length; start += most) {
    await readSome(all.slice(start, start + most), found, config);
  }
  return wanted.map(({ table }) => found.get(table) ?? []);
}

async function readSome(some: readonly Wanted[], found: Map<string, Item[]>, config: CallConfig): Promise<void> {
  let left = some;
  for (let attempt = 1; left.length > 0; attempt++) {
    // What cannot be read must not pass for what does not exist: a revocation, for one.
    if (attempt > attempts) throw new Error('DynamoDB left keys unread');
    if (attempt > 1) await new Promise((resolve) => setTimeout(resolve, firstWait * 2 ** (attempt - 2)));
    const body = { RequestItems: requestsOf(left) };
    const call = { service: 'dynamodb', target: 'DynamoDB_20120810.BatchGetItem', body } as const;
    const { Responses = {}, UnprocessedKeys = {} } = await signedCall<Answer>(call, config);
    for (const [table, items] of Object.entries(Responses)) {
      found.get(table)?.push(...items.map((item) => unmarshall(item)));
    }
    left = Object.entries(UnprocessedKeys).flatMap(([table, { Keys }]) => Keys.map((key) => ({ table, key })));
  }
}

/** DynamoDB refuses a call that names a key twice. */
function distinct(wanted: readonly KeysOf[]): readonly Wanted[] {
  const all = wanted.flatMap(({ table, keys }) =>
    keys.map((key) => ({ table, key: marshall(key as NativeAttributeValue) as Typed })),
  );
  return [...new Map(all.map((one) => [JSON.stringify([one.table, one.key]), one])).values()];
}

function requestsOf(some: readonly Wanted[]): Requests {
  const byTable = Map.groupBy(some, ({ table }) => table);
  return Object.fromEntries(
    [...byTable].map(([table, keys]) => [table, { Keys: keys.map(({ key }) => key), ConsistentRead: true }]),
  );
}
