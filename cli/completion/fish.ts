import type { CompletedCommand } from './words.ts';
import { firstWords, secondWords, takesValue } from './words.ts';

/** Completion for fish 3 and later. */
export function fishCompletion(commands: readonly CompletedCommand[]): string {
  const firsts = firstWords(commands);
  const lines = firsts.flatMap((first) => {
    const seconds = secondWords(first, commands);
    const begin = `complete -c gatehouse -n __fish_use_subcommand -a ${first}`;
    if (seconds.length === 0) return [begin];
    const open = `__fish_seen_subcommand_from ${first}; and not __fish_seen_subcommand_from ${seconds.join(' ')}`;
    return [begin, `complete -c gatehouse -n '${open}' -a '${seconds.join(' ')}'`];
  });
  return ['# fish completion of gatehouse', 'complete -c gatehouse -f', ...lines, ...commands.flatMap(flagLines)].join(
    '\n',
  );
}

function flagLines({ words, flags, operand, summary }: CompletedCommand): readonly string[] {
  const seen = words.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ');
  const when = `complete -c gatehouse -n '${seen}'`;
  const own = flags.map((flag) => {
    const value = takesValue(flag) ? ` -x${flag.choices ? ` -a '${flag.choices.join(' ')}'` : ''}` : '';
    return `${when} -l ${flag.name}${value} -d ${quoted(flag.about)}`;
  });
  return [`# ${summary}`, ...(operand?.choices ? [`${when} -a '${operand.choices.join(' ')}'`] : []), ...own];
}

/** In single quotes fish knows two escapes. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`;
}
