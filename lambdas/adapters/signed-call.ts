import { AwsV4Signer } from 'aws4fetch';

/** A call of an AWS service that speaks the JSON protocol. */
export interface SignedCall {
  readonly service: 'dynamodb' | 'kms' | 'secretsmanager' | 'events';
  /** `X-Amz-Target`, such as `DynamoDB_20120810.Query`. */
  readonly target: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Milliseconds an attempt may take. @default 2000 */
  readonly timeout?: number;
}

/** Where and as whom to call, for tests. @default what the Lambda environment says */
export interface CallConfig {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** What AWS answered instead of a result. */
export class CallError extends Error {
  override readonly name = 'CallError';
  /** Name of the exception, such as `ConditionalCheckFailedException`. */
  readonly kind: string;
  /** Whether the same call may succeed in a moment. */
  readonly transient: boolean;
  /** Members of the exception beside its message. */
  readonly detail: Readonly<Record<string, unknown>>;
  constructor(call: SignedCall, kind: string, transient: boolean, detail: Record<string, unknown>, cause?: unknown) {
    super(`${call.target}: ${kind}`, { cause });
    this.kind = kind;
    this.transient = transient;
    this.detail = detail;
  }
}

const attempts = 3;
/** Milliseconds an attempt may take. */
const usualTimeout = 2000;
/** Milliseconds before the second attempt at most; doubled before the third. */
const firstWait = 100;

const services = {
  dynamodb: { endpointVariable: 'AWS_ENDPOINT_URL_DYNAMODB', contentType: 'application/x-amz-json-1.0' },
  kms: { endpointVariable: 'AWS_ENDPOINT_URL_KMS', contentType: 'application/x-amz-json-1.1' },
  events: { endpointVariable: 'AWS_ENDPOINT_URL_EVENTBRIDGE', contentType: 'application/x-amz-json-1.1' },
  secretsmanager: { endpointVariable: 'AWS_ENDPOINT_URL_SECRETS_MANAGER', contentType: 'application/x-amz-json-1.1' },
} as const;

/**
 * Calls AWS by a signed `fetch` (docs/decisions/0013). Region, endpoint and credentials are read from the Lambda
 * environment at each call, because credentials change. A repetition may meet what the first attempt wrote: callers
 * that write mark their writes.
 * @returns the answer's body
 * @throws CallError after three attempts where repeating can help, at once where it cannot
 */
export async function signedCall<T>(call: SignedCall, config: CallConfig = {}): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const lost = (cause: unknown) => new CallError(call, 'no answer', true, {}, cause);
    const answer = await tryOnce<T>(call, config).catch(lost);
    if (!(answer instanceof CallError)) return answer;
    if (!answer.transient || attempt === attempts) throw answer;
    await pause(Math.random() * firstWait * 2 ** (attempt - 1));
  }
}

async function tryOnce<T>(call: SignedCall, config: CallConfig): Promise<T | CallError> {
  const body = JSON.stringify(call.body);
  const { url, method, headers } = await sign(call, body, config);
  const response = await fetch(url, {
    method,
    headers,
    body,
    signal: AbortSignal.timeout(call.timeout ?? usualTimeout),
  });
  const answer = (await response.json()) as T & { __type?: string };
  if (response.ok) return answer;
  const kind = answer.__type?.split('#').at(-1) ?? `status ${response.status}`;
  return new CallError(
    call,
    kind,
    response.status >= 500 || /Throttl|ThroughputExceeded|RequestLimit/.test(kind),
    answer,
  );
}

function sign({ service, target }: SignedCall, body: string, config: CallConfig) {
  const env = process.env;
  const { endpointVariable, contentType } = services[service];
  const region = config.region ?? env['AWS_REGION'] ?? '';
  const sessionToken = config.credentials ? undefined : env['AWS_SESSION_TOKEN'];
  const signer = new AwsV4Signer({
    method: 'POST',
    url: config.endpoint ?? (env[endpointVariable] || `https://${service}.${region}.amazonaws.com/`),
    headers: { 'content-type': contentType, 'x-amz-target': target },
    body,
    service,
    region,
    accessKeyId: config.credentials?.accessKeyId ?? env['AWS_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: config.credentials?.secretAccessKey ?? env['AWS_SECRET_ACCESS_KEY'] ?? '',
    ...(sessionToken ? { sessionToken } : {}),
  });
  return signer.sign();
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
