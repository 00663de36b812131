import { signedCall } from './signed-call.ts';

/** An attribute value of DynamoDB's JSON protocol; only the kinds that we store in keys. */
export type AttributeValue =
  { readonly S: string } | { readonly N: string } | { readonly M: Readonly<Record<string, AttributeValue>> };

export type Attributes = Readonly<Record<string, AttributeValue>>;

/**
 * A strongly consistent DynamoDB Query by a signed `fetch`, for functions whose bundle must not carry the AWS SDK.
 * @returns the first page of items (up to 1 MB)
 * @throws Error if the table cannot be read after three attempts
 */
export async function signedQuery(query: Readonly<Record<string, unknown>>): Promise<readonly Attributes[]> {
  const answer = await signedCall<{ Items?: Attributes[] }>({
    service: 'dynamodb',
    target: 'DynamoDB_20120810.Query',
    body: { ConsistentRead: true, ...query },
  });
  return answer.Items ?? [];
}
