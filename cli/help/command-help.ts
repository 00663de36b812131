import type { Command, Flag } from '../commands/command.ts';
import { helpColumns, helpRows } from './rows.ts';
import { flagTerm, usageLine } from './usage-line.ts';
import { wrap } from './wrap.ts';

/** Help of one command. @param common flags that every command takes */
export function commandHelp(command: Command, common: readonly Flag[]): string {
  const { operand, examples = [], about = [] } = command;
  return [
    `${command.summary}.`,
    ...about.map((paragraph) => wrap(paragraph, helpColumns)),
    `Usage: ${usageLine(command)}`,
    ...(operand ? [`${helpRows([[operand.name, operandAbout(operand)]])}`] : []),
    `Flags:\n${flagRows([...command.flags, ...common])}`,
    ...(examples.length > 0 ? [`Examples:\n${examples.map((line) => `  ${line}`).join('\n')}`] : []),
  ].join('\n\n');
}

/** What a flag is for, with its values and whether it must be there. */
export function flagAbout(flag: Flag): string {
  return [
    flag.about,
    flag.choices && !flag.about.includes(flag.choices.join(', ')) ? `One of: ${flag.choices.join(', ')}.` : '',
    flag.type === 'texts' ? 'May be repeated.' : '',
    flag.required ? 'Required.' : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function flagRows(flags: readonly Flag[]): string {
  return helpRows(flags.map((flag) => [flagTerm(flag), flagAbout(flag)]));
}

function operandAbout({ about, choices }: NonNullable<Command['operand']>): string {
  return choices ? `${about} One of: ${choices.join(', ')}.` : about;
}
