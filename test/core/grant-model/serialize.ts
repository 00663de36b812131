import type { Family, Verdict } from './model.ts';
import { rule } from './model.ts';
import type { Ask } from './steps.ts';

/** What was seen of a request. `seen` undefined: it died or failed, so it may have had its effect or not. */
export interface Witness {
  readonly ask: Ask;
  readonly seen: Verdict | undefined;
}

/** What the store says of a family, as far as the model knows it. */
export type Stored = Pick<Family, 'state' | 'generation' | 'rotatedAt'>;

function isSame(a: Verdict, b: Verdict): boolean {
  return JSON.stringify(a, Object.keys(a).sort()) === JSON.stringify(b, Object.keys(b).sort());
}

function isStored(families: readonly Family[], stored: readonly Stored[]): boolean {
  return families.every(({ state, generation, rotatedAt }, at) => {
    const item = stored[at];
    return (
      item?.state === state && (state === 'asked' || (item.generation === generation && item.rotatedAt === rotatedAt))
    );
  });
}

/**
 * Looks for an order in which the model, one request after another, gives every answer that was seen and ends in what
 * is stored. So parallel requests are right if they could have come one by one.
 * @returns the families after it; undefined if there is no such order
 */
export function serialize(
  families: readonly Family[],
  witnesses: readonly Witness[],
  stored: readonly Stored[],
  now: number,
): readonly Family[] | undefined {
  if (witnesses.length === 0) return isStored(families, stored) ? families : undefined;
  for (const witness of witnesses) {
    const others = witnesses.filter((other) => other !== witness);
    const { ask, seen } = witness;
    const before = families[ask.family];
    if (!before) continue;
    const { family, verdict } = rule(before, ask, now);
    const after = families.map((same, at) => (at === ask.family ? family : same));
    const found =
      (seen === undefined || isSame(seen, verdict) ? serialize(after, others, stored, now) : undefined) ??
      (seen === undefined ? serialize(families, others, stored, now) : undefined);
    if (found) return found;
  }
  return undefined;
}
