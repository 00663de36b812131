import type { CompletedCommand } from './words.ts';
import { firstWords, flagsWithOffers, secondWords, takesValue } from './words.ts';

/** Completion for fish 3 and later. */
export function fishCompletion(commands: readonly CompletedCommand[]): string {
  const lines = firstWords(commands).flatMap((first) => {
    const seconds = secondWords(first, commands).join(' ');
    const begin = `complete -c gatehouse -n __fish_use_subcommand -a ${first}`;
    if (seconds === '') return [begin];
    const open = `__fish_seen_subcommand_from ${first}; and not __fish_seen_subcommand_from ${seconds}`;
    return [begin, `complete -c gatehouse -n '${open}' -a '${seconds}'`];
  });
  return ['# fish completion of gatehouse', 'complete -c gatehouse -f', ...lines, ...commands.flatMap(linesOf)].join(
    '\n',
  );
}

function linesOf({ words, flags, operand, summary }: CompletedCommand): readonly string[] {
  const seen = words.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ');
  const when = `complete -c gatehouse -n '${seen}'`;
  const offers = new Map(flagsWithOffers(flags).map((flag) => [flag.name, ` -a '${flag.offers}'`]));
  const own = flags.map((flag) => {
    const value = takesValue(flag) ? ` -x${offers.get(flag.name) ?? ''}` : '';
    return `${when} -l ${flag.name}${value} -d ${quoted(flag.about)}`;
  });
  return [`# ${summary}`, ...(operand?.choices ? [`${when} -a '${operand.choices.join(' ')}'`] : []), ...own];
}

/** In single quotes fish knows two escapes. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`;
}
