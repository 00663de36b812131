import type { AdminOperation } from '../../contract/admin/operation.ts';
import { AdminRefusal } from '../../core/admin/admin-refusal.ts';
import type { Administrator } from '../../core/admin/administrator.ts';
import type { Audit } from '../../core/ports/audit.ts';

/**
 * Refuses a change by somebody who may only look, and records it. Ask it before any input is judged or any form shown.
 * @throws AdminRefusal `forbidden`
 */
export function requireAccess(
  operation: Pick<AdminOperation, 'access'>,
  who: Administrator,
  { audit }: { readonly audit: Audit },
): void {
  if (operation.access === 'read' || who.access === 'write') return;
  audit.record({ type: 'admin.refused', decision: 'refused', sub: who.sub, reason: 'read_only' });
  throw new AdminRefusal('forbidden', 'You may look at everything here, but change nothing.');
}
