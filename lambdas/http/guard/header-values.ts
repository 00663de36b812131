import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';

/** All values of a request header, whatever case the client wrote its name in; one item for each header line. */
export function headerValues(
  event: Pick<APIGatewayRequestAuthorizerEvent, 'headers' | 'multiValueHeaders'>,
  name: string,
): readonly string[] {
  const lines = Object.entries(event.multiValueHeaders ?? {}).filter(([key]) => key.toLowerCase() === name);
  if (lines.length > 0) return lines.flatMap(([, values]) => values ?? []);
  return Object.entries(event.headers ?? {}).flatMap(([key, value]) =>
    key.toLowerCase() === name && value !== undefined ? [value] : [],
  );
}
