import fc from 'fast-check';
import { lifetimes } from '../fixtures.ts';
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

/** Death or failure at any call of a request, or, mostly, none. */
export const fates: fc.Arbitrary<Fate | undefined> = fc.option(
  fc.record({
    call: fc.nat({ max: 5 }),
    how: fc.constantFrom<Fate['how']>('dies', 'fails'),
    when: fc.constantFrom<Fate['when']>('before', 'after'),
  }),
  { freq: 3, nil: undefined },
);

const common = { family: fc.nat({ max: 2 }), by: mostly<Common['by']>('owner', 'other'), fate: fates };
const resource = mostly<'none' | 'granted' | 'ungranted'>('none', 'granted', 'ungranted');

const asks: fc.Arbitrary<Ask> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ ...common, do: fc.constant('answer' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      ...common,
      do: fc.constant('redeem' as const),
      verifier: mostly<'right' | 'wrong' | 'none'>('right', 'wrong', 'none'),
      redirect: mostly<'same' | 'other' | 'none'>('same', 'other', 'none'),
      resource,
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      ...common,
      do: fc.constant('refresh' as const),
      age: mostly(0, 1, 2, 3),
      token: fc.constant({ generation: 0 }),
      scope: mostly<'none' | 'narrower' | 'wider'>('none', 'narrower', 'wider'),
      resource,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ...common,
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

/** Stories of at most `longest` steps. */
export function stories(longest: number): fc.Arbitrary<readonly Step[]> {
  const step = fc.oneof<fc.Arbitrary<Step>[]>(
    fc.record({ forward: fc.constantFrom(...times) }),
    fc.record({ begin: fc.constantFrom<'public' | 'confidential'>('public', 'confidential') }),
    ...Array.from({ length: 5 }, () =>
      fc.record({ together: fc.array(asks, { minLength: 1, maxLength: 3 }), turns: turnLists }),
    ),
  );
  return fc.array(step, { minLength: 4, maxLength: longest });
}
