import { parseArgs } from 'node:util';
import type { Command, Flag, FlagValues } from '../commands/command.ts';
import { UsageError } from '../errors.ts';
import { closest } from './closest.ts';

export interface Parsed {
  /** What is neither a flag nor the value of one. */
  readonly words: readonly string[];
  readonly flags: FlagValues;
}

/**
 * The words that are neither flags nor their values, while the command is still to be found.
 * @param known flags of all commands
 * @throws UsageError for a flag that no command has
 */
export function wordsOf(typed: readonly string[], known: readonly Flag[]): readonly string[] {
  return tokensOf(typed, known).flatMap((token) => {
    if (token.kind === 'option') flagNamed(token.rawName, token.name, known);
    return token.kind === 'positional' ? [token.value] : [];
  });
}

/**
 * Reads what was typed by a list of flags: `--name value`, `--name=value`, `--` ends them.
 * @throws UsageError naming the flag and what it takes
 */
export function parseArguments(typed: readonly string[], known: readonly Flag[]): Parsed {
  const words: string[] = [];
  const given = new Map<string, string[]>();
  for (const token of tokensOf(typed, known)) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const flag = flagNamed(token.rawName, token.name, known);
    const value = valueOf(flag, token.value, token.inlineValue ?? false);
    if (given.has(flag.name) && flag.type !== 'texts' && flag.type !== 'flag') {
      throw new UsageError(`--${flag.name} may be given once only.`);
    }
    given.set(flag.name, [...(given.get(flag.name) ?? []), value]);
  }
  return { words, flags: typedValues(given, known) };
}

/** @throws UsageError naming the first required flag that is absent */
export function requireFlags(flags: FlagValues, command: Pick<Command, 'flags'>): void {
  const absent = command.flags.find((flag) => flag.required && flags[flag.name] === undefined);
  if (absent) throw new UsageError(`--${absent.name} is missing. ${absent.about}`.trim());
}

function tokensOf(typed: readonly string[], known: readonly Flag[]) {
  const options = Object.fromEntries(
    known.map((flag) => [flag.name, { type: flag.type === 'flag' ? 'boolean' : 'string' } as const]),
  );
  // Not strict: our own messages say more, and values may begin with a dash only as --name=-value.
  return parseArgs({ args: [...typed], options, tokens: true, strict: false, allowPositionals: true }).tokens;
}

function flagNamed(raw: string, name: string, known: readonly Flag[]): Flag {
  const flag = known.find((candidate) => candidate.name === name && raw.startsWith('--'));
  if (flag) return flag;
  const names = known.map((candidate) => candidate.name);
  const meant = closest(name, names);
  throw new UsageError(`There is no ${raw} here.${meant ? ` Do you mean --${meant}?` : ''}`);
}

function valueOf(flag: Flag, value: string | undefined, inline: boolean): string {
  if (flag.type === 'flag') {
    if (value !== undefined) throw new UsageError(`--${flag.name} takes no value.`);
    return '';
  }
  if (value === undefined || (!inline && value.startsWith('-') && value.length > 1)) {
    throw new UsageError(`--${flag.name} needs a value. One that begins with a dash goes so: --${flag.name}=-x`);
  }
  return value;
}

function typedValues(given: ReadonlyMap<string, readonly string[]>, known: readonly Flag[]): FlagValues {
  return Object.fromEntries(
    known.flatMap((flag) => {
      const values = given.get(flag.name);
      return values ? [[flag.name, typedValue(flag, values)]] : [];
    }),
  );
}

function typedValue(flag: Flag, values: readonly string[]): string | readonly string[] | number | boolean {
  const [value = ''] = values;
  if (flag.type === 'flag') return true;
  if (flag.choices) for (const each of values) requireChoice(flag, each, flag.choices);
  // --scopes '' empties a list.
  if (flag.type === 'texts') return values.filter((each) => each !== '');
  if (flag.type !== 'integer') return value;
  if (!/^\d{1,15}$/.test(value)) throw new UsageError(`--${flag.name} must be a whole number.`);
  return Number(value);
}

function requireChoice(flag: Flag, value: string, choices: readonly string[]): void {
  if (!choices.includes(value)) throw new UsageError(`--${flag.name} must be one of: ${choices.join(', ')}.`);
}
