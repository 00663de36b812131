import type { AdminOperation, AdminResource } from '../../contract/admin/operation.ts';
import { readPathValue } from '../../contract/admin/path-value.ts';
import { escapedNew, newSegment } from './links.ts';
import { isChange, isOfRow, operationOf, resourceOf } from './table-of-operations.ts';

/** A page of the console, by the table of operations. */
export type Target =
  | { readonly kind: 'overview' }
  | { readonly kind: 'list'; readonly resource: AdminResource }
  | { readonly kind: 'details'; readonly resource: AdminResource; readonly get: AdminOperation; readonly key: string }
  | {
      readonly kind: 'form';
      readonly resource: AdminResource;
      readonly operation: AdminOperation;
      readonly key: string;
    };

/**
 * Reads a path: `<resource>`, `<resource>/new`, `<resource>/<key>`, `<resource>/<key>/<verb>`.
 * @param path below `/admin/`
 * @returns undefined if there is no such page
 */
export function findPage(path: string): Target | undefined {
  const [id = '', segment, verb, ...more] = path.split('/');
  const resource = resourceOf(id);
  if (!resource || more.length > 0) return undefined;
  if (resource.id === 'overview') return segment === undefined ? { kind: 'overview' } : undefined;
  if (segment === undefined) return { kind: 'list', resource };
  const create = operationOf(resource.id, 'create');
  if (segment === newSegment && verb === undefined && create) {
    return { kind: 'form', resource, operation: create, key: '' };
  }
  const key = segment === escapedNew ? newSegment : readPathValue(segment);
  return key === undefined ? undefined : ofRow(resource, key, verb);
}

function ofRow(resource: AdminResource, key: string, verb: string | undefined): Target | undefined {
  if (verb === undefined) {
    const get = operationOf(resource.id, 'get');
    return get && { kind: 'details', resource, get, key };
  }
  const operation = operationOf(resource.id, verb);
  return operation && isChange(operation) && isOfRow(operation)
    ? { kind: 'form', resource, operation, key }
    : undefined;
}
