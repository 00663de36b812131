import type { NativeAttributeValue } from '@aws-sdk/util-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { CallConfig } from '../signed-call.ts';
import { signedCall } from '../signed-call.ts';
import type { Item, KeysOf } from './document-client.ts';

type Typed = ReturnType<typeof marshall>;
type Requests = Record<string, { readonly Keys: readonly Typed[]; readonly ConsistentRead: true }>;
interface Answer {
  readonly Responses?: Record<string, Typed[]>;
  readonly UnprocessedKeys?: Requests;
}

/** Calls for one read: DynamoDB may leave keys over when it is busy. */
const attempts = 3;

/** See `DocumentClient.batchGet`. */
export async function batchGet(wanted: readonly KeysOf[], config: CallConfig): Promise<readonly (readonly Item[])[]> {
  const found = new Map<string, Item[]>(wanted.map(({ table }) => [table, []]));
  let left = requestsOf(wanted);
  for (let attempt = 1; Object.keys(left).length > 0; attempt++) {
    // What cannot be read must not pass for what does not exist: a revocation, for one.
    if (attempt > attempts) throw new Error('DynamoDB left keys unread');
    const answer: Answer = await signedCall(
      { service: 'dynamodb', target: 'DynamoDB_20120810.BatchGetItem', body: { RequestItems: left } },
      config,
    );
    for (const [table, items] of Object.entries(answer.Responses ?? {})) {
      found.get(table)?.push(...items.map((item) => unmarshall(item)));
    }
    left = answer.UnprocessedKeys ?? {};
  }
  return wanted.map(({ table }) => found.get(table) ?? []);
}

function requestsOf(wanted: readonly KeysOf[]): Requests {
  const some = wanted.filter(({ keys }) => keys.length > 0);
  return Object.fromEntries(
    some.map(({ table, keys }) => [
      table,
      { Keys: keys.map((key) => marshall(key as NativeAttributeValue) as Typed), ConsistentRead: true },
    ]),
  );
}
