import type { Context } from 'hono';
import { OAuthError } from '../core/errors.ts';
import { RefusedRequest } from './refused-request.ts';

/** Bytes. A form with two assertions and a large registration stay below a tenth of it. */
export const largestBody = 64 * 1024;

/**
 * The body as text.
 * @throws OAuthError invalid_request if it is too large or not UTF-8
 */
export async function readBody(context: Context): Promise<string> {
  const declared = Number(context.req.header('Content-Length') ?? 0);
  if (declared > largestBody) throw tooLarge();
  const bytes = await context.req.arrayBuffer();
  if (bytes.byteLength > largestBody) throw tooLarge();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new OAuthError('invalid_request', 'the body is not UTF-8; encode it so', { reason: 'encoding', cause });
  }
}

function tooLarge(): RefusedRequest {
  return new RefusedRequest('too_large', `the body is larger than ${largestBody} bytes; send less`);
}
