import type { Command, Flag, Operand } from '../commands/command.ts';
import { commonFlags } from '../help/common-flags.ts';

/** One command as the shells complete it. */
export interface CompletedCommand {
  /** `clients create` */
  readonly words: readonly string[];
  readonly summary: string;
  readonly flags: readonly Flag[];
  readonly operand?: Operand;
}

/** What the shells complete. Words and values are letters, digits, dashes and underscores: nothing must be quoted. */
export function completionWords(commands: readonly Command[]): readonly CompletedCommand[] {
  return commands.map(({ words, summary, flags, operand }) => ({
    words,
    summary,
    flags: [...flags, ...commonFlags],
    ...(operand && { operand }),
  }));
}

/** First words, each once. */
export function firstWords(commands: readonly CompletedCommand[]): readonly string[] {
  return [...new Set([...commands.map(({ words }) => words[0] ?? ''), 'help'])];
}

/** Second words below a first one; none if it stands alone. */
export function secondWords(first: string, commands: readonly CompletedCommand[]): readonly string[] {
  return commands.flatMap(({ words }) => (words[0] === first && words[1] !== undefined ? [words[1]] : []));
}

/** First words that have others below them. */
export function topicWords(commands: readonly CompletedCommand[]): readonly string[] {
  return firstWords(commands).filter((first) => secondWords(first, commands).length > 0);
}

/** `--url` and all others that a value follows. */
export function flagsWithValue(commands: readonly CompletedCommand[]): readonly string[] {
  return [...new Set(commands.flatMap(({ flags }) => flags.filter(takesValue).map(({ name }) => `--${name}`)))];
}

/** Whether a value follows the flag. */
export function takesValue(flag: Flag): boolean {
  return flag.type !== 'flag';
}

/** The flags of a command whose values are known. */
export function flagsWithOffers(flags: readonly Flag[]): readonly { readonly name: string; readonly offers: string }[] {
  return flags.flatMap(({ name, choices, suggests }) => {
    const offers = choices ?? suggests ?? [];
    return offers.length > 0 ? [{ name, offers: offers.join(' ') }] : [];
  });
}
