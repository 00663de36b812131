import type { Clock } from '../../core/ports/clock.ts';
import type { Entropy } from '../../core/ports/entropy.ts';
import type { PathNarrowing } from '../../core/resource/path-narrowing.ts';
import type { Todos } from '../../core/ports/todos.ts';

/** What the todo tools work with, bound to one person. */
export interface TodoDesk {
  /** The verified caller. */
  readonly sub: string;
  /** Which todos the caller's key or token is for, by their paths: see `todoPath`. */
  readonly paths: PathNarrowing;
  readonly todos: Todos;
  readonly clock: Clock;
  readonly entropy: Entropy;
}
