import type { Io } from '../../cli/io.ts';
import { run } from '../../cli/run.ts';

export interface Told {
  readonly code: number;
  readonly out: string;
  readonly notes: string;
}

/** A person at a terminal, or a script: runs the command line in this process. */
export async function tell(
  words: readonly string[],
  io: Partial<Omit<Io, 'out' | 'note' | 'ask'>> & { readonly answers?: readonly string[] } = {},
): Promise<Told> {
  let out = '';
  let notes = '';
  const answers = [...(io.answers ?? [])];
  const code = await run(words, {
    env: { HOME: '/nowhere' },
    columns: undefined,
    interactive: io.answers !== undefined,
    interrupted: new AbortController().signal,
    ...io,
    out: (text) => (out += `${text}\n`),
    note: (text) => (notes += `${text}\n`),
    ask: async (question) => {
      notes += `${question}\n`;
      return answers.shift() ?? '';
    },
  });
  return { code, out, notes };
}
