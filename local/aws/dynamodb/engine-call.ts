import { request } from 'node:http';
import type { Agent } from 'node:http';

/** The engines look for a signature's form, not for its truth. */
const authorization =
  'AWS4-HMAC-SHA256 Credential=AKIALOCAL/20200101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0';

/** An error answer of the engine; `name` is DynamoDB's own, such as `ResourceInUseException`. */
export class EngineError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/**
 * One DynamoDB operation at the engine itself, past IAM.
 * @throws EngineError if the engine refuses
 */
export function callEngine(
  endpoint: string,
  operation: string,
  input: object,
  agent?: Agent,
): Promise<Record<string, unknown>> {
  const headers = {
    'Content-Type': 'application/x-amz-json-1.0',
    'X-Amz-Target': `DynamoDB_20120810.${operation}`,
    'X-Amz-Date': '20200101T000000Z',
    Authorization: authorization,
  };
  return new Promise((resolve, reject) => {
    const call = request(endpoint, { method: 'POST', headers, ...(agent ? { agent } : {}) }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => (text += chunk));
      answer.once('error', reject);
      answer.once('end', () => {
        const output = JSON.parse(text || '{}') as Record<string, unknown>;
        if (answer.statusCode === 200) return resolve(output);
        const type = typeof output['__type'] === 'string' ? output['__type'] : 'UnknownError';
        const message = output['message'] ?? output['Message'];
        reject(new EngineError(type.slice(type.indexOf('#') + 1), typeof message === 'string' ? message : text));
      });
    });
    call.once('error', reject);
    call.end(JSON.stringify(input));
  });
}
