import { createHash } from 'node:crypto';
import { OAuthError } from '../../core/errors.ts';

/** The cursor of the page after the row `id` of the partition `owner`. */
export function writeCursor(id: string, owner: string): string {
  return `${Buffer.from(id).toString('base64url')}.${checksum(id, owner)}`;
}

/**
 * The row id in a cursor. The checksum is no authority (the partition of a query is always the caller's); it makes a
 * mangled or foreign cursor an error rather than a page that starts somewhere.
 * @throws OAuthError `invalid_request`
 */
export function readCursor(cursor: string, owner: string): string {
  const encoded = cursor.split('.', 1)[0] ?? '';
  const id = Buffer.from(encoded, 'base64url').toString();
  if (id !== '' && cursor === writeCursor(id, owner)) return id;
  throw malformedCursor();
}

/** Of a cursor that was not given here. */
export function malformedCursor(): OAuthError {
  return new OAuthError('invalid_request', 'cursor is not one that was given here; leave it out for the first page', {
    reason: 'cursor_malformed',
  });
}

function checksum(id: string, owner: string): string {
  return createHash('sha256')
    .update(JSON.stringify([owner, id]))
    .digest('base64url')
    .slice(0, 12);
}
