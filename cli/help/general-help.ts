import type { Command, Flag, Topic } from '../commands/command.ts';
import { helpRows } from './rows.ts';
import { flagTerm } from './usage-line.ts';
import { flagAbout } from './command-help.ts';

/** Help of everything: what `gatehouse` alone says. */
export function generalHelp(commands: readonly Command[], topics: readonly Topic[], common: readonly Flag[]): string {
  const single = commands.filter(({ words }) => words.length === 1);
  return [
    'The command line of Gatehouse: get an access token, and administer.',
    'Usage: gatehouse <command> [flags]',
    `Commands:\n${helpRows(
      single.map((command) => [
        [...command.words, ...(command.operand ? [command.operand.name] : [])].join(' '),
        command.summary,
      ]),
    )}`,
    `Administration (gatehouse admin login comes first):\n${helpRows(
      topics.map((topic) => [topic.word, verbsOf(topic, commands)]),
    )}`,
    `Flags of every command:\n${helpRows(common.map((flag) => [flagTerm(flag), flagAbout(flag)]))}`,
    `Variables:\n${helpRows(variables)}`,
    'Exit codes: 0 done, 1 refused or failed, 2 wrongly typed, 130 interrupted.',
    'More: gatehouse <command> --help',
  ].join('\n\n');
}

/** What the environment can say. */
export const variables = [
  ['GATEHOUSE_URL', 'Issuer to administer, instead of --url.'],
  ['GATEHOUSE_TOKEN', 'Access token for the admin API, instead of a stored sign-in.'],
  ['XDG_CONFIG_HOME', 'Where gatehouse/credentials.json is kept; ~/.config otherwise.'],
] as const;

function verbsOf(topic: Topic, commands: readonly Command[]): string {
  const verbs = commands.filter(({ words }) => words[0] === topic.word).map(({ words }) => words.at(-1));
  return verbs.join(', ');
}
