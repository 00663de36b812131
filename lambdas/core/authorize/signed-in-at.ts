import type { Lifetimes } from '../lifetimes.ts';
import type { Person } from '../person.ts';

/** When the person signed in, as far as it counts here: an old session at the identity provider does not shorten. */
export function signedInAt(person: Person, now: number, lifetimes: Lifetimes): number {
  return Math.min(now, Math.max(person.authTime, now - lifetimes.browserSession));
}
