import { expect } from 'vitest';
import { OAuthError } from '../../lambdas/core/errors.ts';

/** Milliseconds that a parser may take, for input of any kind; backtracking takes minutes. */
const patience = 1000;

/** What a parser makes of its input. */
export type Judgement<T> = { readonly value: T } | { readonly refusal: OAuthError };

/**
 * Runs a parser: it may refuse with an `OAuthError` whose message is safe for the wire, but neither throw anything else
 * nor take its time.
 */
export async function judged<T>(parse: () => T | Promise<T>): Promise<Judgement<T>> {
  const start = performance.now();
  try {
    return { value: await parse() };
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    // OAuth 2.1 §3.2.4: the characters of error_description.
    expect(error.message).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]{1,8192}$/);
    return { refusal: error };
  } finally {
    expect(performance.now() - start, 'milliseconds').toBeLessThan(patience);
  }
}

/** What it was accepted as; undefined if it was refused. */
export async function accepted<T>(parse: () => T | Promise<T>): Promise<T | undefined> {
  const judgement = await judged(parse);
  return 'value' in judgement ? judgement.value : undefined;
}
