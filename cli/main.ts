import { processIo } from './process-io.ts';
import { run } from './run.ts';

/** The command line of this process, which it ends. @param words what was typed after `gatehouse` */
export async function main(words: readonly string[]): Promise<void> {
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // Once: a second Ctrl+C ends the process the hard way.
    process.once(signal, () => interruption.abort());
  }
  // Whoever reads may stop reading: `gatehouse audit list --all | head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const code = await run(words, processIo(interruption.signal));
  // What was printed must be out; a timer of a poll that nobody waits for any more must not keep the process.
  process.stdout.write('', () => process.exit(code));
}
