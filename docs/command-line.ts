import { commands, topics } from '../cli/commands/all-commands.ts';
import type { Command, Flag } from '../cli/commands/command.ts';
import { commonFlags } from '../cli/help/common-flags.ts';
import { flagAbout } from '../cli/help/command-help.ts';
import { variables } from '../cli/help/general-help.ts';
import { flagTerm, usageLine } from '../cli/help/usage-line.ts';

/** docs/command-line.md, from the same tables as the command line itself. */
export function commandLinePage(): string {
  const single = commands.filter(({ words }) => words.length === 1);
  return [
    '# Command line',
    'Written by `npm run docs` from the table of commands; `gatehouse <command> --help` says the same.',
    'It runs in a checkout of this repository, after `npm ci`: `npx gatehouse …`. Elsewhere npx would fetch whatever package has that name. `alias gatehouse="npx gatehouse"` makes completion work too.',
    'What was asked for goes to stdout, everything else to stderr. Exit codes: 0 done, 1 refused or failed, 2 wrongly typed, 130 interrupted.',
    table(
      ['Variable', ''],
      variables.map(([name, about]) => [`\`${name}\``, about]),
    ),
    `Every command takes ${commonFlags.map((flag) => `\`${flagTerm(flag)}\``).join(', ')}.`,
    ...single.map((command) => section(command, '##')),
    ...topics.flatMap(({ word, title, about }) => [
      `## ${title}`,
      about,
      ...commands
        .filter(({ words }) => words.length === 2 && words[0] === word)
        .map((command) => section(command, '###')),
    ]),
    '',
  ].join('\n\n');
}

function section({ operand, about = [], examples = [], ...command }: Command, level: string): string {
  return [
    `${level} gatehouse ${command.words.join(' ')}`,
    `${command.summary}.`,
    ...about,
    code([usageLine({ ...command, ...(operand && { operand }) })]),
    ...(operand ? [`\`${operand.name}\`: ${operand.about}`] : []),
    ...(command.flags.length > 0 ? [table(['Flag', ''], command.flags.map(row))] : []),
    ...(examples.length > 0 ? ['For example:', code(examples)] : []),
  ].join('\n\n');
}

function row(flag: Flag): readonly string[] {
  return [`\`${flagTerm(flag)}\``, flagAbout(flag)];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replace(/[|\\]/g, '\\$&')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')).replaceAll('\\', ''), ...rows.map(line)].join('\n');
}

function code(lines: readonly string[]): string {
  return ['```sh', ...lines, '```'].join('\n');
}
