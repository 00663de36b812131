import type { Io } from '../io.ts';

/** One `--flag`. */
export interface Flag {
  /** In kebab-case, without the dashes. */
  readonly name: string;
  /** `texts` may be repeated; `flag` takes no value. */
  readonly type: 'text' | 'texts' | 'integer' | 'choice' | 'flag';
  /** What help calls its value, in capitals. @default the name's last word */
  readonly value?: string;
  /** The only values. */
  readonly choices?: readonly string[];
  /** Usual values, beside which others are valid. */
  readonly suggests?: readonly string[];
  /** @default false */
  readonly required?: boolean;
  /** One line of help. */
  readonly about: string;
}

/** By name of the flag, of the type that the flag has. */
export type FlagValues = Readonly<Record<string, string | readonly string[] | number | boolean | undefined>>;

/** The one word that a command takes beside its flags. */
export interface Operand {
  /** What help calls it, in capitals. */
  readonly name: string;
  readonly about: string;
  readonly choices?: readonly string[];
}

export interface Call {
  /** Empty for commands without one. */
  readonly operand: string;
  readonly flags: FlagValues;
  readonly io: Io;
  /** All there are: completion tells them. */
  readonly commands: readonly Command[];
}

/** What can be typed after `gatehouse`. Help, completion and docs/command-line.md are made of it. */
export interface Command {
  readonly words: readonly [string] | readonly [string, string];
  /** One sentence, imperative. */
  readonly summary: string;
  /** More, by paragraph. @default nothing */
  readonly about?: readonly string[];
  readonly operand?: Operand;
  readonly flags: readonly Flag[];
  /** Whole lines to type. @default none */
  readonly examples?: readonly string[];
  /** @throws UsageError, CommandError */
  run(call: Call): Promise<void>;
}

/** A first word with commands below it, for help. */
export interface Topic {
  readonly word: string;
  readonly title: string;
  readonly about: string;
}
