import type { Command, Flag } from '../commands/command.ts';

/** `--redirect-uris URIS`, `--json`. */
export function flagTerm(flag: Flag): string {
  return flag.type === 'flag' ? `--${flag.name}` : `--${flag.name} ${valueName(flag)}`;
}

/** `gatehouse clients get CLIENT [flags]` */
export function usageLine(command: Command): string {
  const required = command.flags.filter((flag) => flag.required).map(flagTerm);
  const operand = command.operand ? [command.operand.name] : [];
  return ['gatehouse', ...command.words, ...operand, ...required, '[flags]'].join(' ');
}

function valueName({ name, value, type }: Flag): string {
  if (value !== undefined) return value;
  if (type === 'integer') return 'N';
  const lastWord = name.split('-').at(-1) ?? name;
  // One at a time, however often.
  return (type === 'texts' ? lastWord.replace(/s$/, '') : lastWord).toUpperCase();
}
