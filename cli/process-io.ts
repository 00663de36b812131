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
      const reader = createInterface({ input: stdin, output: stderr });
      try {
        return await reader.question(question, { signal: interrupted });
      } finally {
        reader.close();
      }
    },
  };
}
