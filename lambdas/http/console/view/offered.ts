import type { AdminOperation } from '../../../contract/admin/operation.ts';
import { operationId } from '../../../contract/admin/operation.ts';
import type { Row } from '../console-desk.ts';

/**
 * Whether a page offers an operation for a row. Comfort only: the operation itself judges again.
 * @param row as its details or its list show it
 */
export function isOffered(operation: AdminOperation, row: Row): boolean {
  const isOurs = row['kind'] === 'pre-registered' && row['managedBy'] === undefined;
  switch (operationId(operation)) {
    case 'keys.revoke':
      return row['state'] !== 'revoked';
    case 'clients.update':
      return isOurs;
    case 'clients.rotate-secret':
      return isOurs && String(row['authMethod']).startsWith('client_secret_');
    case 'signing-keys.retire':
      // What is retired can still be made worthless at once.
      return row['state'] !== 'gone';
    case 'clients.delete':
      return row['managedBy'] === undefined;
    default:
      return true;
  }
}
