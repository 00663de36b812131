import type { Command, Topic } from '../commands/command.ts';
import { helpColumns, helpRows } from './rows.ts';
import { wrap } from './wrap.ts';

/** Help of a first word that has commands below it. */
export function topicHelp(topic: Topic, commands: readonly Command[]): string {
  const below = commands.filter(({ words }) => words[0] === topic.word && words.length === 2);
  return [
    `${topic.title}. ${wrap(topic.about, helpColumns)}`,
    `Usage: gatehouse ${topic.word} <command>`,
    `Commands:\n${helpRows(below.map((command) => [commandTerm(command), command.summary]))}`,
    `More: gatehouse ${topic.word} <command> --help`,
  ].join('\n\n');
}

function commandTerm({ words, operand }: Command): string {
  return [words.at(-1), ...(operand ? [operand.name] : [])].join(' ');
}
