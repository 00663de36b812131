import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { engines } from '../rig/engines.ts';
import { propertyTerms } from '../rig/property-terms.ts';
import { lifetimes } from './fixtures.ts';
import { interleave } from './grant-model/interleave.ts';
import { fates, stories, turnLists } from './grant-model/steps.ts';
import { tell } from './grant-model/tell.ts';
import { arrive, newest, workOf } from './grant-model/world.ts';
import { useHouse } from './house.ts';

/** Seconds before the next round, within the idle lifetime. */
const pauses = fc.constantFrom(0, 1, lifetimes.refreshReplayWindow + 1, lifetimes.accessToken, 86_400);
const rounds = fc.array(
  fc.record({
    pause: pauses,
    delay: fc.nat({ max: lifetimes.refreshReplayWindow }),
    crew: fc.array(fates, { minLength: 1, maxLength: 3 }),
    turns: turnLists,
  }),
  { minLength: 1, maxLength: 8 },
);

describe.each(engines)('on %s', (kind) => {
  const newHouse = useHouse(kind);
  // The second engine is slow; that it gives the same answers is the question there.
  const share = kind === engines[0] ? 1 : 0.15;

  test('AS-63 AS-64 AS-67 AS-71 D5 D9 grants obey their model under races, crashes and the passing of time', async () => {
    await fc.assert(
      fc.asyncProperty(stories(14), async (story) => tell(await newHouse(), story)),
      propertyTerms({ runs: 160 * share, seconds: 8 * share }),
    );
  });

  test('AS-67 clients.md pain 1 a client whose answers are lost, and its parallel processes, are never logged out within the window', async () => {
    await fc.assert(
      fc.asyncProperty(rounds, async (plan) => {
        const house = await newHouse();
        const known = await arrive(house, 'public', 0);
        const common = { family: 0, by: 'owner', resource: 'none' } as const;
        const redeem = { ...common, do: 'redeem', verifier: 'right', redirect: 'same' } as const;
        for (const ask of [{ ...common, do: 'answer' } as const, redeem]) {
          await interleave([{ work: workOf(house, known, ask) }], []);
        }
        const use = (generation: number) =>
          workOf(house, known, { ...common, do: 'refresh', age: 0, token: { generation }, scope: 'none' });
        for (const { pause, delay, crew, turns } of plan) {
          const generation = newest(known);
          // Every process holds the same token, and each may lose its answer.
          const crewWorks = crew.map((fate) => ({ work: use(generation), fate }));
          const seen = await interleave(crewWorks, turns);
          // Whoever got no answer asks again.
          house.deps.clock.forward(delay);
          seen.push(...(await interleave([{ work: use(generation) }], [])));
          const answers = seen.filter((verdict) => verdict !== undefined);
          expect(new Set(answers.map((verdict) => JSON.stringify(verdict)))).toEqual(
            new Set([JSON.stringify({ gives: 'tokens', generation: generation + 1 })]),
          );
          house.deps.clock.forward(pause);
        }
      }),
      propertyTerms({ runs: 80 * share, seconds: 6 * share }),
    );
  });
});
