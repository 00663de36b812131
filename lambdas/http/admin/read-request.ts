import type { Context } from 'hono';
import type { AdminOperation } from '../../contract/admin/operation.ts';
import type { AdminRequest } from '../../core/admin/admin-handler.ts';
import { AdminRefusal } from '../../core/admin/admin-refusal.ts';
import { readBody } from '../read-body.ts';
import { readQuery } from '../read-params.ts';
import { RefusedRequest } from '../refused-request.ts';
import { readInput } from './read-input.ts';
import { pageFields, readPage, usualLimit } from './read-page.ts';

/**
 * A request of the API as the table reads it: filters in the query of a GET, a JSON object in the body of all others.
 * @throws AdminRefusal `invalid` with a message for each field; RefusedRequest for a body that is none
 */
export async function readRequest(context: Context, operation: AdminOperation, key: string): Promise<AdminRequest> {
  if (operation.method === 'GET') {
    const isList = operation.answers === 'page';
    const fields = isList ? [...operation.input, ...pageFields] : operation.input;
    return { key, ...readPage(readInput(fields, readQuery(context))) };
  }
  // A change takes nothing from the query: what stands there would be in the logs of every proxy.
  readInput([], readQuery(context));
  const input = readInput(operation.input, await readObject(context));
  const idempotencyKey = idempotencyKeyOf(context);
  return { key, input, page: { limit: usualLimit }, ...(idempotencyKey !== undefined && { idempotencyKey }) };
}

async function readObject(context: Context): Promise<Readonly<Record<string, unknown>>> {
  const text = await readBody(context);
  // Most operations need nothing but their path.
  if (text.trim() === '') return {};
  const type = context.req.header('Content-Type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new RefusedRequest('wrong_media_type', 'send the input as application/json');
  const value = parsed(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new AdminRefusal('invalid', 'The body must be one JSON object.');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AdminRefusal('invalid', 'The body is not valid JSON.');
  }
}

function idempotencyKeyOf(context: Context): string | undefined {
  const value = context.req.header('Idempotency-Key');
  if (value === undefined || /^[\x21-\x7e]{1,200}$/.test(value)) return value;
  const message = 'Send 1 to 200 printable characters without spaces.';
  throw new AdminRefusal('invalid', 'The idempotency key cannot be taken.', [{ field: 'Idempotency-Key', message }]);
}
