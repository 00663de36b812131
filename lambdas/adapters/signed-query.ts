import { AwsV4Signer } from 'aws4fetch';

/** An attribute value of DynamoDB's JSON protocol; only the kinds that we store in keys. */
export type AttributeValue =
  { readonly S: string } | { readonly N: string } | { readonly M: Readonly<Record<string, AttributeValue>> };

export type Attributes = Readonly<Record<string, AttributeValue>>;

const attempts = 3;
/** Milliseconds an attempt may take. */
const timeout = 2000;
/** Milliseconds before the second attempt at most; doubled before the third. */
const firstWait = 100;

/**
 * A strongly consistent DynamoDB Query by a signed `fetch`, for functions whose bundle must not carry the AWS SDK.
 * Region, endpoint and credentials are read from the Lambda environment at each call, because credentials change.
 * @returns the first page of items (up to 1 MB)
 * @throws Error if the table cannot be read after three attempts
 */
export async function signedQuery(query: Readonly<Record<string, unknown>>): Promise<readonly Attributes[]> {
  const body = JSON.stringify({ ConsistentRead: true, ...query });
  for (let attempt = 1; ; attempt++) {
    const answer = await attemptQuery(body).catch((cause: unknown) => new QueryError('no answer', true, cause));
    if (!(answer instanceof QueryError)) return answer;
    if (!answer.transient || attempt === attempts) throw answer;
    await pause(Math.random() * firstWait * 2 ** (attempt - 1));
  }
}

class QueryError extends Error {
  readonly transient: boolean;
  constructor(what: string, transient: boolean, cause?: unknown) {
    super(`DynamoDB Query: ${what}`, { cause });
    this.transient = transient;
  }
}

async function attemptQuery(body: string): Promise<readonly Attributes[] | QueryError> {
  const { url, method, headers } = await sign(body);
  const response = await fetch(url, { method, headers, body, signal: AbortSignal.timeout(timeout) });
  const answer = (await response.json()) as { Items?: Attributes[]; __type?: string };
  if (response.ok) return answer.Items ?? [];
  const kind = answer.__type?.split('#').at(-1) ?? `status ${response.status}`;
  return new QueryError(kind, response.status >= 500 || /Throttl|ThroughputExceeded|RequestLimit/.test(kind));
}

function sign(body: string) {
  const env = process.env;
  const region = env['AWS_REGION'] ?? '';
  const signer = new AwsV4Signer({
    method: 'POST',
    url: env['AWS_ENDPOINT_URL_DYNAMODB'] || `https://dynamodb.${region}.amazonaws.com/`,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.Query' },
    body,
    service: 'dynamodb',
    region,
    accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '',
    ...(env['AWS_SESSION_TOKEN'] ? { sessionToken: env['AWS_SESSION_TOKEN'] } : {}),
  });
  return signer.sign();
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
