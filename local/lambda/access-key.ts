import { createHash } from 'node:crypto';

/** The access key id that tells the local AWS endpoint which function calls. */
export function accessKeyOf(logicalId: string): string {
  return `AKIALOCAL${createHash('sha256').update(logicalId).digest('hex').slice(0, 11).toUpperCase()}`;
}
