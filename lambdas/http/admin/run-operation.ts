import type { KnownOperation, OperationId } from '../../contract/admin/index.ts';
import { operationId } from '../../contract/admin/operation.ts';
import type { AdminAnswer, AdminRequest } from '../../core/admin/admin-handler.ts';
import { AdminRefusal } from '../../core/admin/admin-refusal.ts';
import type { Administrator } from '../../core/admin/administrator.ts';
import type { AdminDeps } from '../../core/admin/deps.ts';
import { OAuthError } from '../../core/errors.ts';
import { adminHandlers } from './handlers.ts';
import { requireAccess } from './require-access.ts';

/**
 * Does one operation of the table for an administrator whose identity was verified; the API and the console both come
 * through here. What the administrator may not do is refused and recorded; changes are recorded by their handlers.
 * @throws AdminRefusal `forbidden` for a change by somebody who may only read; whatever the handler refuses
 */
export async function runOperation(
  operation: KnownOperation,
  request: AdminRequest,
  who: Administrator,
  deps: AdminDeps,
): Promise<AdminAnswer> {
  requireAccess(operation, who, deps);
  try {
    return await adminHandlers[operationId(operation) as OperationId](request, who, deps);
  } catch (error) {
    throw error instanceof OAuthError && error.reason === 'cursor_malformed' ? badCursor() : error;
  }
}

function badCursor(): AdminRefusal {
  const message = 'This was not given for this list. Leave it out for the first page.';
  return new AdminRefusal('invalid', 'The cursor cannot be taken.', [{ field: 'cursor', message }]);
}
