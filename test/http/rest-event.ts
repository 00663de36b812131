import type { APIGatewayProxyEvent } from 'aws-lambda';

/** An event as an API Gateway REST API sends it to a Lambda proxy integration: stage not in `path`, values decoded. */
export function restEvent(
  method: string,
  path: string,
  given: { query?: URLSearchParams; headers?: Record<string, string>; body?: string; encoded?: boolean } = {},
): APIGatewayProxyEvent {
  const headers = { Host: 'api.execute-api.us-east-1.amazonaws.com', ...given.headers };
  const many = new Map<string, string[]>();
  for (const [name, value] of given.query ?? []) many.set(name, [...(many.get(name) ?? []), value]);
  return {
    resource: path,
    path,
    httpMethod: method,
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters: given.query ? Object.fromEntries(given.query) : null,
    multiValueQueryStringParameters: given.query ? Object.fromEntries(many) : null,
    pathParameters: null,
    stageVariables: null,
    requestContext: {
      requestId: 'request-id-1',
      domainName: 'api.execute-api.us-east-1.amazonaws.com',
      path: `/prod${path}`,
      stage: 'prod',
      httpMethod: method,
    } as unknown as APIGatewayProxyEvent['requestContext'],
    body: given.body === undefined ? null : given.encoded ? Buffer.from(given.body).toString('base64') : given.body,
    isBase64Encoded: given.encoded ?? false,
  };
}
