import { expect } from 'vitest';
import { grantLiveness } from '../../../lambdas/core/resource/grant-liveness.ts';
import type { House } from '../house.ts';
import { heldOf } from '../grants/flow.ts';
import { interleave } from './interleave.ts';
import { lifetimes } from './lifetimes.ts';
import type { Family } from './model.ts';
import type { Stored } from './serialize.ts';
import { serialize } from './serialize.ts';
import type { Ask, Step } from './steps.ts';
import type { Known } from './world.ts';
import { arrive, isPossible, newest, workOf } from './world.ts';

interface World {
  readonly house: House;
  readonly known: Known[];
  families: readonly Family[];
}

function asked(owner: Family['owner'], now: number): Family {
  const askedUntil = now + lifetimes.signInTransaction;
  return {
    state: 'asked',
    owner,
    askedUntil,
    codeUntil: 0,
    idleUntil: 0,
    absoluteUntil: 0,
    rotatedAt: 0,
    generation: 0,
  };
}

async function begin(world: World, owner: Family['owner']): Promise<void> {
  world.known.push(await arrive(world.house, owner, world.known.length));
  world.families = [...world.families, asked(owner, world.house.deps.clock.now())];
}

async function storedOf({ house, known }: World): Promise<readonly Stored[]> {
  const items = await Promise.all(known.map(({ gid }) => house.deps.grants.find(gid)));
  return items.map((item) => item ?? { state: 'asked', generation: 0, rotatedAt: 0 });
}

/** Aims an ask at a family that exists and a token that was given out. */
function aimed({ known }: World, ask: Ask): Ask {
  const family = ask.family % known.length;
  const at = known[family];
  if (ask.do !== 'refresh' || !at) return { ...ask, family };
  return { ...ask, family, token: { generation: newest(at) - ask.age } };
}

async function together(world: World, asks: readonly Ask[], turns: readonly number[]): Promise<void> {
  const { house, known } = world;
  const now = house.deps.clock.now();
  const before = await storedOf(world);
  const possible = asks.map((ask) => aimed(world, ask)).filter((ask) => isPossible(known[ask.family] as Known, ask));
  const works = possible.map((ask) => ({ work: workOf(house, known[ask.family] as Known, ask), fate: ask.fate }));
  const seen = await interleave(works, turns);
  const stored = await storedOf(world);
  const witnesses = possible.map((ask, at) => ({ ask, seen: seen[at] }));
  const after = serialize(world.families, witnesses, stored, now);
  expect(after, `no order explains ${JSON.stringify({ before: world.families, witnesses, stored })}`).toBeDefined();
  world.families = after ?? [];
  stored.forEach((item, at) => checkHistory(before[at] as Stored, item, known[at] as Known));
  await checkLiveness(world, stored);
}

/** What must hold whatever the model says. */
function checkHistory(before: Stored, after: Stored, { redemptions, secrets }: Known): void {
  if (before.state === 'revoked') expect(after, 'a revoked family stays dead').toEqual(before);
  expect(after.generation, 'the generation only grows').toBeGreaterThanOrEqual(before.generation);
  expect(redemptions, 'a code is worth one family').toBeLessThanOrEqual(1);
  expect(Math.max(0, ...secrets.keys()), 'nobody has a token of the future').toBeLessThanOrEqual(after.generation);
}

/** D9: an access token that has not expired counts exactly while its grant is active. */
async function checkLiveness({ house, known }: World, stored: readonly Stored[]): Promise<void> {
  const { grantStates, clock } = house.deps;
  const isAlive = grantLiveness({ grantStates, clock, seconds: 0 });
  for (const [at, { accessTokens }] of known.entries()) {
    const token = accessTokens.find(({ exp }) => exp > clock.now());
    if (!token) continue;
    expect(await isAlive(heldOf(token.jwt)), 'an access token lives with its grant').toBe(
      stored[at]?.state === 'active',
    );
  }
}

/** Lives through a story and holds every step against the model. */
export async function tell(house: House, story: readonly Step[]): Promise<void> {
  const world: World = { house: { ...house, deps: { ...house.deps, lifetimes } }, known: [], families: [] };
  await begin(world, 'public');
  await begin(world, 'confidential');
  for (const step of story) {
    if ('forward' in step) house.deps.clock.forward(step.forward);
    else if ('begin' in step) await begin(world, step.begin);
    else await together(world, step.together, step.turns);
  }
}
