import { AwsV4Signer } from 'aws4fetch';

/** A call of an AWS service that speaks the JSON protocol. */
export interface SignedCall {
  readonly service: 'dynamodb' | 'secretsmanager';
  /** `X-Amz-Target`, such as `DynamoDB_20120810.Query`. */
  readonly target: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const attempts = 3;
/** Milliseconds an attempt may take. */
const timeout = 2000;
/** Milliseconds before the second attempt at most; doubled before the third. */
const firstWait = 100;

const endpointVariable = { dynamodb: 'AWS_ENDPOINT_URL_DYNAMODB', secretsmanager: 'AWS_ENDPOINT_URL_SECRETS_MANAGER' };
const contentType = { dynamodb: 'application/x-amz-json-1.0', secretsmanager: 'application/x-amz-json-1.1' };

/**
 * Calls AWS by a signed `fetch`, where an SDK client would outweigh the function around it. Region, endpoint and
 * credentials are read from the Lambda environment at each call, because credentials change.
 * @returns the answer's body
 * @throws Error naming the call if it fails, after three attempts where repeating can help
 */
export async function signedCall<T>(call: SignedCall): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const answer = await tryOnce<T>(call).catch((cause: unknown) => new CallError(call, 'no answer', true, cause));
    if (!(answer instanceof CallError)) return answer;
    if (!answer.transient || attempt === attempts) throw answer;
    await pause(Math.random() * firstWait * 2 ** (attempt - 1));
  }
}

class CallError extends Error {
  readonly transient: boolean;
  constructor(call: SignedCall, what: string, transient: boolean, cause?: unknown) {
    super(`${call.target}: ${what}`, { cause });
    this.transient = transient;
  }
}

async function tryOnce<T>(call: SignedCall): Promise<T | CallError> {
  const body = JSON.stringify(call.body);
  const { url, method, headers } = await sign(call, body);
  const response = await fetch(url, { method, headers, body, signal: AbortSignal.timeout(timeout) });
  const answer = (await response.json()) as T & { __type?: string };
  if (response.ok) return answer;
  const kind = answer.__type?.split('#').at(-1) ?? `status ${response.status}`;
  return new CallError(call, kind, response.status >= 500 || /Throttl|ThroughputExceeded|RequestLimit/.test(kind));
}

function sign({ service, target }: SignedCall, body: string) {
  const env = process.env;
  const region = env['AWS_REGION'] ?? '';
  const signer = new AwsV4Signer({
    method: 'POST',
    url: env[endpointVariable[service]] || `https://${service}.${region}.amazonaws.com/`,
    headers: { 'content-type': contentType[service], 'x-amz-target': target },
    body,
    service,
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
