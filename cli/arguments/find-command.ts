import type { Command, Topic } from '../commands/command.ts';
import { UsageError } from '../errors.ts';
import { closest } from './closest.ts';

/** What the first words name. */
export type Found =
  | { readonly kind: 'everything' }
  | { readonly kind: 'topic'; readonly topic: Topic }
  | { readonly kind: 'command'; readonly command: Command; readonly rest: readonly string[] };

/**
 * Which command the words name, those without dashes, in their order.
 * @throws UsageError for a word that names none, with the one that was probably meant
 */
export function findCommand(words: readonly string[], commands: readonly Command[], topics: readonly Topic[]): Found {
  const [first, second] = words;
  if (first === undefined) return { kind: 'everything' };
  const single = commands.find((command) => command.words.length === 1 && command.words[0] === first);
  if (single) return { kind: 'command', command: single, rest: words.slice(1) };
  const topic = topics.find(({ word }) => word === first);
  if (!topic) {
    const all = [...new Set(commands.map((command) => command.words[0]))];
    throw new UsageError(`There is no command ${first}.${suggestion(first, all)} gatehouse --help lists them.`);
  }
  if (second === undefined) return { kind: 'topic', topic };
  const below = commands.filter((command) => command.words[0] === first);
  const command = below.find(({ words: [, verb] }) => verb === second);
  if (command) return { kind: 'command', command, rest: words.slice(2) };
  const verbs = below.flatMap(({ words: [, verb] }) => verb ?? []);
  throw new UsageError(`${first} knows no ${second}.${suggestion(second, verbs)} It knows: ${verbs.join(', ')}.`);
}

function suggestion(word: string, candidates: readonly string[]): string {
  const meant = closest(word, candidates);
  return meant ? ` Do you mean ${meant}?` : '';
}
