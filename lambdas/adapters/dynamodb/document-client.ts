import type { NativeAttributeValue } from '@aws-sdk/util-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { CallConfig } from '../signed-call.ts';
import { batchGet } from './batch-get.ts';
import { signedCall } from '../signed-call.ts';

/** An item as plain values. */
export type Item = Record<string, unknown>;

type Operation = 'GetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'Query';

/** Request members of the operations above, with plain values where DynamoDB has typed ones. */
export interface Input {
  readonly TableName: string;
  readonly Key?: Readonly<Item>;
  readonly Item?: Readonly<Item>;
  readonly ExpressionAttributeValues?: Readonly<Item>;
  readonly ExclusiveStartKey?: Readonly<Item>;
  readonly [member: string]: unknown;
}

/** Answer members that are read here. */
export interface Output {
  readonly Item?: Item;
  readonly Items?: Item[];
  readonly Attributes?: Item;
  readonly LastEvaluatedKey?: Item;
  /** Items that a Query looked at, those included that its filter left out. */
  readonly ScannedCount?: number;
}

/** Keys of one table, to be read at once. */
export interface KeysOf {
  readonly table: string;
  readonly keys: readonly Readonly<Item>[];
}

/** DynamoDB with plain values. */
export interface DocumentClient {
  /** @throws CallError */
  send(operation: Operation, input: Input): Promise<Output>;

  /**
   * Strongly consistent reads by keys of any tables; a call for each hundred, a key that comes twice counts once. The
   * items of each table come in any order, without those that do not exist.
   * @throws CallError, and Error if DynamoDB leaves keys unread again and again
   */
  batchGet(wanted: readonly KeysOf[]): Promise<readonly (readonly Item[])[]>;
}

type Typed = Parameters<typeof unmarshall>[0];

const values = ['Key', 'Item', 'ExpressionAttributeValues', 'ExclusiveStartKey'] as const;

/**
 * A DynamoDB client with small timeouts, three attempts and kept connections. Region, endpoint and credentials come
 * from the Lambda environment.
 * @param config overrides, for tests
 */
export function documentClient(config: CallConfig = {}): DocumentClient {
  return {
    batchGet: (wanted) => batchGet(wanted, config),
    async send(operation, input) {
      const target = `DynamoDB_20120810.${operation}`;
      const answer = await signedCall<Record<string, unknown>>(
        { service: 'dynamodb', target, body: typedRequest(input) },
        config,
      );
      return plainAnswer(answer);
    },
  };
}

/** The item of a refused condition, where the engine sends it. */
export function plainItem(typed: unknown): Item | undefined {
  return typed === undefined ? undefined : unmarshall(typed as Typed);
}

function typedRequest(input: Input): Record<string, unknown> {
  const typed: Record<string, unknown> = { ...input };
  for (const name of values) {
    const value = input[name];
    if (value) typed[name] = marshall(value as NativeAttributeValue, { removeUndefinedValues: true });
  }
  return typed;
}

function plainAnswer({ Item, Items, Attributes, LastEvaluatedKey, ScannedCount }: Record<string, unknown>): Output {
  const items = (Items as Typed[] | undefined)?.map((item) => unmarshall(item));
  const single = { Item, Attributes, LastEvaluatedKey };
  const plain = Object.entries(single).flatMap(([name, typed]) => (typed ? [[name, plainItem(typed)]] : []));
  const count = typeof ScannedCount === 'number' && { ScannedCount };
  return { ...(Object.fromEntries(plain) as Output), ...(items && { Items: items }), ...count };
}
