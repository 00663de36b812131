import type { Context, MiddlewareHandler } from 'hono';

/** Request headers that MCP clients in browsers send; `*` would not cover Authorization. */
const requestHeaders = [
  'Authorization',
  'Content-Type',
  'Accept',
  'MCP-Protocol-Version',
  'Mcp-Method',
  'Mcp-Name',
  'DPoP',
].join(', ');

/** OAuth 2.1 §3.2: any origin may call, none with credentials; errors are readable too. */
export const allowCrossOrigin: MiddlewareHandler = async (context, next) => {
  await next();
  context.res.headers.set('Access-Control-Allow-Origin', '*');
  context.res.headers.set('Access-Control-Expose-Headers', 'WWW-Authenticate, Retry-After, DPoP-Nonce');
};

/** Answers a preflight; API Gateway does it first where it stands in front. */
export function answerPreflight(methods: readonly string[]): (context: Context) => Response {
  return (context) =>
    context.body(null, 204, {
      'Access-Control-Allow-Methods': [...methods, 'OPTIONS'].join(', '),
      'Access-Control-Allow-Headers': requestHeaders,
      'Access-Control-Max-Age': '86400',
    });
}
