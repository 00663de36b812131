import type { Flag } from '../commands/command.ts';

/** What every command takes. */
export const commonFlags: readonly Flag[] = [
  { name: 'help', type: 'flag', about: 'Say what a command does, and do nothing.' },
];
