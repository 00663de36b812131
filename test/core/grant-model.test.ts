import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { engines } from '../rig/engines.ts';
import { holdProperty } from '../rig/hold-property.ts';
import { lifetimes } from './fixtures.ts';
import { interleave } from './grant-model/interleave.ts';
import type { Fate } from './grant-model/interleave.ts';
import { fates, stories, turnLists } from './grant-model/steps.ts';
import type { Ask } from './grant-model/steps.ts';
import { tell } from './grant-model/tell.ts';
import { arrive, newest, workOf } from './grant-model/world.ts';
import { useHouse } from './house.ts';
import type { House } from './house.ts';

/** A while in the life of a client that is honest and unlucky. */
interface Round {
  /** Seconds from a lost answer to the next try. */
  readonly delay: number;
  /** What befalls each of its processes; all hold the same token. */
  readonly crew: readonly (Fate | undefined)[];
  readonly turns: readonly number[];
  /** Seconds until the next round. */
  readonly pause: number;
}

const { refreshReplayWindow, accessToken } = lifetimes;
const round: fc.Arbitrary<Round> = fc.record({
  delay: fc.nat({ max: refreshReplayWindow }),
  crew: fc.array(fates(2), { minLength: 1, maxLength: 3 }),
  turns: turnLists,
  pause: fc.constantFrom(0, 1, refreshReplayWindow + 1, accessToken, 86_400),
});

const usual = { family: 0, by: 'owner', resource: 'none' } as const;

async function live(house: House, plan: readonly Round[]): Promise<void> {
  const known = await arrive(house, 'public', 0);
  const send = (ask: Ask) => workOf(house, known, ask);
  await interleave([{ work: send({ ...usual, do: 'answer' }) }], []);
  await interleave([{ work: send({ ...usual, do: 'redeem', verifier: 'right', redirect: 'same' }) }], []);
  for (const { delay, crew, turns, pause } of plan) {
    const generation = newest(known);
    const work = send({ ...usual, do: 'refresh', age: 0, token: { generation }, scope: 'none' });
    const seen = await interleave(
      crew.map((fate) => ({ work, fate })),
      turns,
    );
    house.deps.clock.forward(delay);
    const retried = await interleave([{ work }], []);
    for (const verdict of [...seen.filter((one) => one !== undefined), ...retried]) {
      expect(verdict).toEqual({ gives: 'tokens', generation: generation + 1 });
    }
    house.deps.clock.forward(pause);
  }
}

describe.each(engines)('on %s', (kind) => {
  const newHouse = useHouse(kind);
  // The second engine is slow; that it gives the same answers is the question there.
  const share = kind === engines[0] ? 1 : 0.15;

  test('AS-63 AS-64 AS-67 AS-71 D5 D9 grants obey their model under races, crashes and the passing of time', async () => {
    const terms = { runs: 200 * share, seconds: 7 * share };
    await holdProperty(stories(10), async (story) => tell(await newHouse(), story), terms);
  });

  test('AS-67 clients.md pain 1 no client is logged out by lost answers, parallel processes and retries within the window', async () => {
    const terms = { runs: 60 * share, seconds: 4 * share };
    await holdProperty(
      fc.array(round, { minLength: 1, maxLength: 8 }),
      async (plan) => live(await newHouse(), plan),
      terms,
    );
  });
});
