/** Where the command line reads and writes: the process, or a test. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Columns of the terminal that shows stdout. Absent: stdout is a file or a pipe, and nothing is cut off. */
  readonly columns: number | undefined;
  /** Whether a person can be asked. */
  readonly interactive: boolean;
  /** Aborted by Ctrl+C. */
  readonly interrupted: AbortSignal;
  /** What was asked for; nothing else goes there. */
  out(text: string): void;
  /** Everything that is said beside it. */
  note(text: string): void;
  /** Asks on stderr; the line that the person typed, without its end. */
  ask(question: string): Promise<string>;
}
