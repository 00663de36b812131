import { Duration } from 'aws-cdk-lib';
import type { Resource } from 'aws-cdk-lib/aws-apigateway';
import { Cors } from 'aws-cdk-lib/aws-apigateway';

/**
 * Request headers that browser clients send. `*` is for `Mcp-Param-<name>`, which no list can hold; it does not cover
 * Authorization, so the list names that and, for older browsers, all others that are known.
 */
const requestHeaders = [
  'Authorization',
  'Content-Type',
  'Accept',
  'MCP-Protocol-Version',
  'Mcp-Method',
  'Mcp-Name',
  'Mcp-Session-Id',
  'Last-Event-ID',
  'DPoP',
  'X-API-Key',
  '*',
];

/** Response headers that a browser script may read (RS-11). */
export const exposedHeaders = ['WWW-Authenticate', 'Mcp-Session-Id', 'DPoP-Nonce', 'Retry-After'];

/** Lets API Gateway answer preflights itself, for any origin, without credentials and before any authorizer. */
export function addPreflight(resource: Resource, methods: readonly string[]): void {
  resource.addCorsPreflight({
    allowOrigins: Cors.ALL_ORIGINS,
    allowMethods: [...methods, 'OPTIONS'],
    allowHeaders: requestHeaders,
    exposeHeaders: exposedHeaders,
    // No browser remembers it for longer.
    maxAge: Duration.hours(2),
  });
}
