import { accessOperations } from './access-operations.ts';
import { clientOperations } from './client-operations.ts';
import { houseOperations } from './house-operations.ts';
import { keyOperations } from './key-operations.ts';
import type { AdminOperation } from './operation.ts';

/** The one table of admin operations: HTTP API, OpenAPI document, command line and console are made of it (F-D5). */
export const adminOperations = [
  ...accessOperations,
  ...clientOperations,
  ...keyOperations,
  ...houseOperations,
] as const satisfies readonly AdminOperation[];

/** Every operation, as a union of its literal rows. */
export type KnownOperation = (typeof adminOperations)[number];
/** Name of each: `sessions.list`. */
export type OperationId = { [O in KnownOperation as `${O['resource']}.${O['verb']}`]: O } extends infer Map
  ? keyof Map & string
  : never;
