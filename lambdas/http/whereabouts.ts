import type { Context } from 'hono';
import { networkOf } from './network-of.ts';

/**
 * From which networks a request came. Behind CloudFront the connection is CloudFront's, and the viewer is what it wrote
 * before its own address into `X-Forwarded-For`. Whoever reaches the API directly can write anything there, but not
 * change the connection.
 */
export function whereabouts(context: Context): { readonly viewer: string; readonly connection: string } {
  const env = context.env as { readonly requestContext?: { readonly identity?: { readonly sourceIp?: string } } };
  const connection = env?.requestContext?.identity?.sourceIp ?? 'unknown';
  const hops = (context.req.header('X-Forwarded-For') ?? '').split(',').map((hop) => hop.trim());
  return { viewer: networkOf(hops.at(-2) ?? connection), connection: networkOf(connection) };
}
