import fc from 'fast-check';
import { lifetimes } from './lifetimes.ts';
import type { Fate } from './interleave.ts';

interface Common {
  /** Which of the families so far. */
  readonly family: number;
  readonly by: 'owner' | 'other';
  readonly fate?: Fate | undefined;
}

/** A request. `token.generation` is filled in from `age` when it is known which tokens were given out. */
export type Ask =
  | (Common & { readonly do: 'answer' })
  | (Common & {
      readonly do: 'redeem';
      readonly verifier: 'right' | 'wrong' | 'none';
      readonly redirect: 'same' | 'other' | 'none';
      readonly resource: 'none' | 'granted' | 'ungranted';
    })
  | (Common & {
      readonly do: 'refresh';
      /** 0: the newest that any client has received; 1: the one before … */
      readonly age: number;
      readonly token: { readonly generation: number };
      readonly scope: 'none' | 'narrower' | 'wider';
      readonly resource: 'none' | 'granted' | 'ungranted';
    })
  | (Common & { readonly do: 'revoke'; readonly what: 'refresh token' | 'access token' });

/** What happens next: time passes, a person begins anew, or requests run at the same time. */
export type Step =
  | { readonly forward: number }
  | { readonly begin: 'public' | 'confidential' }
  | { readonly together: readonly Ask[]; readonly turns: readonly number[] };

/** Mostly the first, so that runs get somewhere. */
function mostly<T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
}

/** Death or failure at any call of a request. */
const fate: fc.Arbitrary<Fate> = fc.record({
  call: fc.nat({ max: 5 }),
  how: fc.constantFrom<Fate['how']>('dies', 'fails'),
  when: fc.constantFrom<Fate['when']>('before', 'after'),
});

/** A fate for one request of `outOf`. */
export function fates(outOf: number): fc.Arbitrary<Fate | undefined> {
  const none = { weight: outOf - 1, arbitrary: fc.constant(undefined) };
  return fc.oneof<fc.MaybeWeightedArbitrary<Fate | undefined>[]>(none, { weight: 1, arbitrary: fate });
}

const common = { family: mostly(0, 1, 2), by: mostly<Common['by']>('owner', 'other'), fate: fates(5) };
const resource = mostly<'none' | 'granted' | 'ungranted'>('none', 'granted', 'ungranted');

const asks: fc.Arbitrary<Ask> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ ...common, do: fc.constant('answer' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      ...common,
      do: fc.constant('redeem' as const),
      verifier: fc.constantFrom<('right' | 'wrong' | 'none')[]>('right', 'right', 'right', 'wrong', 'none'),
      redirect: mostly<'same' | 'other' | 'none'>('same', 'other', 'none'),
      resource,
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      ...common,
      do: fc.constant('refresh' as const),
      age: fc.constantFrom(0, 0, 0, 1, 1, 2, 3),
      token: fc.constant({ generation: 0 }),
      scope: mostly<'none' | 'narrower' | 'wider'>('none', 'narrower', 'wider'),
      resource,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...common,
      by: fc.constantFrom<Common['by'][]>('owner', 'other'),
      do: fc.constant('revoke' as const),
      what: fc.constantFrom<'refresh token' | 'access token'>('refresh token', 'access token'),
    }),
  },
);

const { authorizationCode, refreshReplayWindow, refreshTokenIdle, accessToken } = lifetimes;
/** The moments around which something ends. */
const times = [
  1,
  authorizationCode - 1,
  authorizationCode,
  refreshReplayWindow,
  refreshReplayWindow + 1,
  accessToken,
  refreshTokenIdle - 1,
  refreshTokenIdle,
];

export const turnLists = fc.array(fc.nat({ max: 5 }), { maxLength: 24 });

const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ forward: fc.constantFrom(...times) }) },
  { weight: 1, arbitrary: fc.record({ begin: fc.constantFrom<'public' | 'confidential'>('public', 'confidential') }) },
  { weight: 8, arbitrary: fc.record({ together: fc.array(asks, { minLength: 1, maxLength: 3 }), turns: turnLists }) },
);

const usual = { family: 0, by: 'owner', resource: 'none' } as const;
const answered: Step = { together: [{ ...usual, do: 'answer' }], turns: [] };
const redeemed: Step = { together: [{ ...usual, do: 'redeem', verifier: 'right', redirect: 'same' }], turns: [] };

const refreshed: Step = {
  together: [{ ...usual, do: 'refresh', age: 0, token: { generation: 0 }, scope: 'none' }],
  turns: [],
};

/** Stories of at most `longest` steps; most begin where something is to be lost. */
export function stories(longest: number): fc.Arbitrary<readonly Step[]> {
  const signedIn = [answered, redeemed];
  const inUse = [...signedIn, refreshed];
  const old = [...signedIn, { forward: refreshTokenIdle - 1 }, refreshed];
  const opening = fc.constantFrom<Step[][]>([], [answered], [answered], signedIn, inUse, old);
  const rest = fc.array(step, { minLength: 2, maxLength: longest });
  return fc.tuple(opening, rest).map(([first, then]) => [...first, ...then]);
}
