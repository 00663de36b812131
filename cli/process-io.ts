import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import type { Io } from './io.ts';

/** The terminal, or whatever stands in its place. */
export function processIo(interrupted: AbortSignal): Io {
  const { stdin, stdout, stderr, env } = process;
  return {
    env,
    columns: stdout.isTTY ? Math.max(stdout.columns || 80, 40) : undefined,
    interactive: stdin.isTTY && stderr.isTTY,
    interrupted,
    out: (text) => void stdout.write(`${text}\n`),
    note: (text) => void stderr.write(`${text}\n`),
    async ask(question) {
      // Not as a terminal: Ctrl+C stays a signal, and nothing is drawn.
      const reader = createInterface({ input: stdin, output: stderr, terminal: false });
      // Ctrl+D says nothing, which is no yes.
      const closed = once(reader, 'close').then(() => '');
      try {
        return await Promise.race([reader.question(question, { signal: interrupted }), closed]);
      } finally {
        reader.close();
      }
    },
  };
}
