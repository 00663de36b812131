import type { Context } from 'hono';
import { OAuthError } from '../core/errors.ts';
import { readBody } from './read-body.ts';
import { RefusedRequest } from './refused-request.ts';

/**
 * The parameters of a query string, repeats included.
 * @throws OAuthError invalid_request if a parameter is not percent-encoded UTF-8
 */
export function readQuery(context: Context): URLSearchParams {
  const { url } = context.req;
  const at = url.indexOf('?');
  return parse(at < 0 ? '' : url.slice(at + 1));
}

/**
 * The parameters of a form body, repeats included: OAuth must see them to refuse them.
 * @throws OAuthError invalid_request if it is no form, too large or not percent-encoded UTF-8
 */
export async function readForm(context: Context): Promise<URLSearchParams> {
  // OAuth 2.1 §3.2.2: parameters come in application/x-www-form-urlencoded, nothing else.
  const expected = 'application/x-www-form-urlencoded';
  const type = context.req.header('Content-Type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== expected) throw new RefusedRequest('wrong_media_type', `send the parameters as ${expected}`);
  return parse(await readBody(context));
}

function parse(text: string): URLSearchParams {
  for (const pair of text.split('&')) check(pair);
  return new URLSearchParams(text);
}

// URLSearchParams would quietly put replacement characters where the encoding is broken.
function check(pair: string): void {
  const [name = ''] = pair.split('=', 1);
  if (decodes(name) && decodes(pair.slice(name.length))) return;
  const shown = /^[\w.-]{1,64}$/.test(name) ? name : 'a parameter';
  throw new OAuthError('invalid_request', `${shown} is not valid percent-encoded UTF-8; encode it again`, {
    reason: 'encoding',
  });
}

function decodes(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
