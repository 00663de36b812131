import { CommandError } from '../errors.ts';
import { isLoopback } from './judge-url.ts';

/** What to say when nothing answered. */
export function unreachable(url: URL, error: unknown): CommandError {
  const message = `Nothing answers at ${url.origin} (${reasonOf(error)}).`;
  const cure = isLoopback(url) ? 'Is it running? npm start starts it.' : 'Look at the URL and the network.';
  return new CommandError(message, { cure, cause: error });
}

/** The code of the innermost cause, such as ECONNREFUSED. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause !== undefined) return reasonOf(error.cause);
  if (error.name === 'TimeoutError') return 'no answer in time';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
