import type { Clock } from './ports/clock.ts';
import type { Entropy } from './ports/entropy.ts';

/** A new id for a todo: its second of creation first, so that ids sort by age, then 72 random bits. */
export function todoId(clock: Clock, entropy: Entropy): string {
  return clock.now().toString(36).padStart(7, '0') + entropy.token(9);
}
