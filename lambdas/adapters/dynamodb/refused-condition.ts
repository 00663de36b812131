import { CallError } from '../signed-call.ts';

/** Whether a write failed because its own condition did not hold: an answer, not a fault. */
export function isRefused(error: unknown): error is CallError {
  return error instanceof CallError && error.kind === 'ConditionalCheckFailedException';
}
