import type { AdminResource, OutputField } from '../../../contract/admin/operation.ts';

/** The field without a link to the row on which it stands already. */
export function withoutSelf(resource: AdminResource, { of, ...column }: OutputField): OutputField {
  return of === undefined || of === resource.id ? column : { ...column, of };
}
