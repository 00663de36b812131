import { adminOperations } from '../../contract/admin/index.ts';
import type { AdminOperation, AdminResource, ResourceId } from '../../contract/admin/operation.ts';
import { adminResources } from '../../contract/admin/resources.ts';

/** The rows of the table, without their literal types. */
const operations: readonly AdminOperation[] = adminOperations;

/** In the order of the menu. */
export const resources: readonly AdminResource[] = Object.values(adminResources);

export function resourceOf(id: string): AdminResource | undefined {
  return Object.hasOwn(adminResources, id) ? adminResources[id as ResourceId] : undefined;
}

export function operationOf(resource: ResourceId, verb: string): AdminOperation | undefined {
  return operations.find((operation) => operation.resource === resource && operation.verb === verb);
}

/** What can be changed of a row, in the order of the table. */
export function changesOf(resource: ResourceId): readonly AdminOperation[] {
  return operations.filter((operation) => operation.resource === resource && isOfRow(operation) && isChange(operation));
}

export function isChange({ access }: AdminOperation): boolean {
  return access === 'write';
}

/** Whether it is about one row, whose key stands in the path. */
export function isOfRow({ path }: AdminOperation): boolean {
  return path.includes('{key}');
}
