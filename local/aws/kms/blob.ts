import type { AwsInput } from '../service.ts';
import { AwsError } from '../service.ts';

/** A binary parameter: base64 on the wire. @throws AwsError unless its length is in `[1, limit]` bytes */
export function readBlob(input: AwsInput, name: string, limit: number): Buffer {
  const value = input[name];
  if (typeof value !== 'string' || value === '') throw new AwsError('ValidationException', `${name} must be given`);
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length <= limit) return bytes;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value at '${name}' failed to satisfy constraint: ` +
      `Member must have length less than or equal to ${limit}`,
  );
}

/** A string parameter. @throws AwsError if it is missing */
export function readText(input: AwsInput, name: string): string {
  const value = input[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new AwsError('ValidationException', `${name} must be given`);
}
