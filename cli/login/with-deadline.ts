import { CommandError } from '../errors.ts';

/**
 * Waits for something that a person does.
 * @param seconds at most
 * @throws CommandError when the time is over; the reason of `stop` when it aborts
 */
export async function withDeadline<T>(waiting: Promise<T>, seconds: number, stop: AbortSignal): Promise<T> {
  const { promise: never, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(
      new CommandError(`Nobody signed in within ${seconds} seconds.`, {
        cure: 'If the browser showed an error, it says what helps. --timeout waits longer.',
      }),
    );
  }, seconds * 1000);
  const abort = () => reject(new Error('interrupted'));
  stop.addEventListener('abort', abort, { once: true });
  if (stop.aborted) abort();
  try {
    return await Promise.race([waiting, never]);
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', abort);
  }
}
