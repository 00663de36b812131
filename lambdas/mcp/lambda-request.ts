import type { APIGatewayProxyEvent } from 'aws-lambda';

/** What a tool has no business with: credentials end at the guard (RS-09), the rest belongs to the connection. */
const withheld = new Set(['authorization', 'x-api-key', 'cookie', 'dpop', 'host', 'connection', 'content-length']);

/**
 * The HTTP request in an API Gateway event.
 * @param url configured URL of the server, since `Host` is the client's to choose
 */
export function lambdaRequest(event: APIGatewayProxyEvent, url: string): Request {
  const headers = new Headers();
  const lines = Object.entries(event.multiValueHeaders ?? {}).flatMap(([name, values]) =>
    (values ?? []).map((value) => [name, value] as const),
  );
  for (const [name, value] of lines) {
    if (!withheld.has(name.toLowerCase()) && isFieldValue(value)) headers.append(name, value);
  }
  const method = event.httpMethod;
  const body = event.body !== null && method !== 'GET' && method !== 'HEAD' ? bytesOf(event.body, event) : null;
  return new Request(url, { method, headers, body });
}

function bytesOf(body: string, { isBase64Encoded }: APIGatewayProxyEvent): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'));
}

/** RFC 9110 §5.5. A line that is no header counts as not sent; `Headers` would throw. */
function isFieldValue(value: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}
