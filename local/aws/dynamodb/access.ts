import type { AccessRequest, ConditionContext } from '../iam/request.ts';
import type { AwsInput } from '../service.ts';
import { AwsError, localAccount } from '../service.ts';

type Attributes = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
type Resource = (table: unknown, index?: unknown) => string;
/** The partition key's name of a table. */
export type PartitionKeyOf = (table: string) => string | undefined;

/** What a DynamoDB call wants to do, table by table. A transaction's parts count as the single actions. */
export function accessRequests(
  operation: string,
  input: AwsInput,
  region: string,
  partitionKeyOf: PartitionKeyOf,
): AccessRequest[] {
  const arn: Resource = (table, index) => tableArn(region, table, index);
  const one = (name: string, part: AwsInput, key?: unknown): AccessRequest => ({
    action: `dynamodb:${name}`,
    resource: arn(part['TableName'], part['IndexName']),
    context: leadingKeys(part, [key], partitionKeyOf),
  });
  switch (operation) {
    case 'ListTables':
      return [{ action: 'dynamodb:ListTables', resource: '*' }];
    case 'BatchGetItem':
      return batch(input, operation, (entry) => ((entry as AwsInput)['Keys'] ?? []) as unknown[], arn, partitionKeyOf);
    case 'BatchWriteItem':
      return batch(input, operation, (entry) => (entry as AwsInput[]).map(writtenKey), arn, partitionKeyOf);
    case 'TransactGetItems':
      return parts(input).map(({ part }) => one('GetItem', part, part['Key']));
    case 'TransactWriteItems':
      return parts(input).map(({ kind, part }) =>
        one(kind === 'ConditionCheck' ? 'ConditionCheckItem' : `${kind}Item`, part, part['Key'] ?? part['Item']),
      );
    default:
      return [one(operation, input, input['Key'] ?? input['Item'])];
  }
}

function tableArn(region: string, table: unknown, index: unknown): string {
  if (typeof table !== 'string') throw new AwsError('ValidationException', 'TableName must be given');
  const name = table.slice(table.lastIndexOf('/') + 1);
  const suffix = typeof index === 'string' ? `/index/${index}` : '';
  return `arn:aws:dynamodb:${region}:${localAccount}:table/${name}${suffix}`;
}

function batch(
  input: AwsInput,
  operation: string,
  keys: (entry: unknown) => unknown[],
  arn: Resource,
  partitionKeyOf: PartitionKeyOf,
): AccessRequest[] {
  return Object.entries((input['RequestItems'] ?? {}) as AwsInput).map(([table, entry]) => ({
    action: `dynamodb:${operation}`,
    resource: arn(table),
    context: leadingKeys({ TableName: table }, keys(entry), partitionKeyOf),
  }));
}

function writtenKey(entry: AwsInput): unknown {
  const put = entry['PutRequest'] as AwsInput | undefined;
  const deletion = entry['DeleteRequest'] as AwsInput | undefined;
  return put?.['Item'] ?? deletion?.['Key'];
}

function parts(input: AwsInput): { kind: string; part: AwsInput }[] {
  const items = (input['TransactItems'] ?? []) as Record<string, AwsInput>[];
  return items.flatMap((item) => Object.entries(item).map(([kind, part]) => ({ kind, part })));
}

function leadingKeys(part: AwsInput, keys: unknown[], partitionKeyOf: PartitionKeyOf): ConditionContext {
  return { 'dynamodb:LeadingKeys': values(part, keys, partitionKeyOf) };
}

function values(part: AwsInput, keys: unknown[], partitionKeyOf: PartitionKeyOf): ConditionContext[string] {
  const name = partitionKeyOf(part['TableName'] as string);
  const given = keys.filter((key) => key !== undefined) as Attributes[];
  if (given.length === 0) return 'KeyConditionExpression' in part ? queriedKey(part, name) : undefined;
  const found = given.map((key) => text(name === undefined ? undefined : key[name]));
  return found.every((value) => value !== undefined) ? found : 'unknown';
}

function queriedKey(part: AwsInput, name: string | undefined): readonly string[] | 'unknown' {
  const names = (part['ExpressionAttributeNames'] ?? {}) as Record<string, string>;
  const given = (part['ExpressionAttributeValues'] ?? {}) as Attributes;
  if (part['IndexName'] !== undefined) return 'unknown';
  for (const [, left = '', right = ''] of String(part['KeyConditionExpression']).matchAll(
    /(#?[\w.-]+)\s*=\s*(:\w+)/g,
  )) {
    const value = text(given[right]);
    if ((names[left] ?? left) === name && value !== undefined) return [value];
  }
  return 'unknown';
}

function text(attribute: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const value = attribute?.['S'] ?? attribute?.['N'] ?? attribute?.['B'];
  return typeof value === 'string' ? value : undefined;
}
