import type { KnownOperation } from '../../contract/admin/index.ts';
import { adminOperations } from '../../contract/admin/index.ts';
import { keyInPath } from '../key-in-path.ts';
import { RefusedRequest } from '../refused-request.ts';

/** A row of the table that a request means, and the key in its path; empty for operations without one. */
export interface FoundOperation {
  readonly operation: KnownOperation;
  readonly key: string;
}

/** A path that the table has, with another verb. */
export class WrongMethod extends RefusedRequest {
  readonly allowed: string;

  constructor(methods: readonly string[]) {
    const allowed = [...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))];
    super('method_not_allowed', `use ${allowed.join(', ')}`);
    this.allowed = allowed.join(', ');
  }
}

/**
 * Finds the operation of a request.
 * @param method HEAD means GET
 * @param path below `/admin/api`, with its leading slash
 * @throws RefusedRequest not_found; WrongMethod
 */
export function findOperation(method: string, path: string): FoundOperation {
  const here = adminOperations.flatMap((operation) => {
    const key = keyInPath(operation.path, path);
    return key === undefined ? [] : [{ operation, key }];
  });
  if (here.length === 0) throw new RefusedRequest('not_found', 'no operation stands at this path');
  const found = here.find(({ operation }) => operation.method === (method === 'HEAD' ? 'GET' : method));
  if (found) return found;
  throw new WrongMethod(here.map(({ operation }) => operation.method));
}
