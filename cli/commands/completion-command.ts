import { bashCompletion } from '../completion/bash.ts';
import { completionWords } from '../completion/words.ts';
import { fishCompletion } from '../completion/fish.ts';
import { zshCompletion } from '../completion/zsh.ts';
import type { Command } from './command.ts';

const shells = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

/** `gatehouse completion bash` */
export const completionCommand: Command = {
  words: ['completion'],
  summary: 'Print what makes a shell complete gatehouse',
  operand: { name: 'SHELL', about: 'Which shell.', choices: Object.keys(shells) },
  flags: [],
  examples: [
    'source <(gatehouse completion bash)',
    'gatehouse completion zsh > ~/.zfunc/_gatehouse',
    'gatehouse completion fish > ~/.config/fish/completions/gatehouse.fish',
  ],
  async run({ operand, io, commands }) {
    io.out(shells[operand as keyof typeof shells](completionWords(commands)));
  },
};
