import { findCommand } from './arguments/find-command.ts';
import { parseArguments, requireFlags, wordsOf } from './arguments/parse-arguments.ts';
import { commands, topics } from './commands/all-commands.ts';
import type { Command } from './commands/command.ts';
import { CommandError, UsageError } from './errors.ts';
import { commandHelp } from './help/command-help.ts';
import { commonFlags } from './help/common-flags.ts';
import { generalHelp } from './help/general-help.ts';
import { topicHelp } from './help/topic-help.ts';
import type { Io } from './io.ts';
import { plain } from './output/plain.ts';
import { version } from './version.ts';

/**
 * Does what was typed.
 * @returns exit code: 0 done, 1 refused or failed, 2 wrongly typed, 130 interrupted
 */
export async function run(typed: readonly string[], io: Io): Promise<number> {
  try {
    return await understand(typed, io);
  } catch (error) {
    return complain(error, io);
  }
}

async function understand(given: readonly string[], io: Io): Promise<number> {
  const end = given.includes('--') ? given.indexOf('--') : given.length;
  const typed = given.map((word, index) => (word === '-h' && index < end ? '--help' : word));
  if (typed[0] === '--version') {
    io.out(version());
    return 0;
  }
  const everyFlag = [...commonFlags, ...commands.flatMap(({ flags }) => flags)];
  const words = wordsOf(typed, everyFlag);
  const asked = words[0] === 'help' ? words.slice(1) : words;
  const wantsHelp = words[0] === 'help' || typed.slice(0, end).includes('--help');
  const found = findCommand(asked, commands, topics);
  if (found.kind === 'command') {
    if (wantsHelp) io.out(commandHelp(found.command, commonFlags));
    else await call(found.command, typed, io);
    return 0;
  }
  const help = found.kind === 'topic' ? topicHelp(found.topic, commands) : generalHelp(commands, topics, commonFlags);
  if (wantsHelp) io.out(help);
  else io.note(help);
  return wantsHelp ? 0 : 2;
}

async function call(command: Command, typed: readonly string[], io: Io): Promise<void> {
  const { words, flags } = parseArguments(typed, [...command.flags, ...commonFlags]);
  const rest = words.slice(command.words.length);
  const [operand = '', tooMany] = rest;
  const name = command.words.join(' ');
  if (command.operand && operand === '') {
    throw new UsageError(`${command.operand.name} is missing. ${command.operand.about}`);
  }
  const stray = command.operand ? tooMany : rest[0];
  if (stray !== undefined) throw new UsageError(`${name} does not know what to do with ${stray}.`);
  const choices = command.operand?.choices;
  if (choices && !choices.includes(operand)) {
    throw new UsageError(`${command.operand?.name} must be one of: ${choices.join(', ')}.`);
  }
  requireFlags(flags, command);
  await command.run({ operand, flags, io, commands });
}

function complain(error: unknown, io: Io): number {
  if (io.interrupted.aborted) {
    io.note('Interrupted.');
    return 130;
  }
  if (error instanceof UsageError) {
    io.note(`gatehouse: ${plain(error.message)}`);
    return 2;
  }
  if (error instanceof CommandError) {
    io.note(
      error.message
        .split('\n')
        .map((line) => plain(line))
        .join('\n'),
    );
    if (error.cure !== undefined) io.note(plain(error.cure));
    return 1;
  }
  io.note(`gatehouse: something unexpected happened: ${plain(String(error))}`);
  return 1;
}
