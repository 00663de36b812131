import { describe, expect, test } from 'vitest';
import { markRevoked } from '../../../lambdas/core/admin/revoke/mark-revoked.ts';
import { liveSession } from '../../../lambdas/core/own-pages/live-session.ts';
import type { Revocations } from '../../../lambdas/core/ports/revocations.ts';
import { deviceCode, terminal } from '../device/flow.ts';
import { refusal, todos } from '../fixtures.ts';
import { codeFor, redeem, refresh } from '../grants/flow.ts';
import { useHouse } from '../house.ts';
import type { House } from '../house.ts';
import { ask, requests, signIn } from './requests.ts';
import type { Spoils } from './requests.ts';
import { endings, guardOf, marks } from './scene.ts';

const newHouse = useHouse();
const accessOf = ({ person, client }: House) => ({ gid: '', sub: person.sub, clientId: client.clientId });

/** A house whose client may do whatever a request here does. */
async function openHouse(): Promise<House> {
  const house = await newHouse();
  const { redirectUris, responseTypes, grantTypes } = house.client;
  return {
    ...house,
    client: await terminal(house, { redirectUris, responseTypes, grantTypes: [deviceCode, ...grantTypes] }),
  };
}

/** Whatever it got, it is worth nothing. */
async function expectNothing(house: House, what: string, { tokens, sessionCookie }: Spoils): Promise<void> {
  if (tokens) {
    expect(await guardOf(house)(tokens.access_token), 'the guard refuses it').toBe(false);
    expect((await refusal(() => refresh(house, tokens.refresh_token))).code).toBe('invalid_grant');
  }
  if (what === 'person') expect(await liveSession(sessionCookie, house.deps)).toBeUndefined();
  const remembered = await house.deps.consents.find(house.person.sub, house.client.clientId, todos.resource);
  if (sessionCookie !== undefined && what !== 'person') {
    expect(await ask(house, sessionCookie), `the person is asked again: ${JSON.stringify(remembered)}`).toMatchObject({
      kind: 'consent',
    });
  }
}

/** A house in which `act` happens just after anybody looked at what was revoked, once. */
function afterLooking(house: House, act: () => Promise<unknown>): House {
  const { revocations } = house.deps;
  let isDone = false;
  const then = async <T>(seen: T): Promise<T> => {
    if (!isDone) {
      isDone = true;
      await act();
    }
    return seen;
  };
  const looking: Revocations = {
    revoke: (target, before) => revocations.revoke(target, before),
    latest: async (targets) => then(await revocations.latest(targets)),
    latestOfEach: async (targets) => then(await revocations.latestOfEach(targets)),
  };
  return { ...house, deps: { ...house.deps, revocations: looking } };
}

/** A house in which `act` happens while a mark is on its way, after the clock was read for it; once. */
function whileWriting(house: House, act: () => Promise<unknown>): House {
  const { revocations } = house.deps;
  let isDone = false;
  const revoke: Revocations['revoke'] = async (target, before) => {
    if (!isDone) {
      isDone = true;
      await act();
    }
    await revocations.revoke(target, before);
  };
  const get = (_target: Revocations, name: string): unknown =>
    name === 'revoke' ? revoke : Reflect.get(revocations, name);
  return { ...house, deps: { ...house.deps, revocations: new Proxy(revocations, { get }) } };
}

describe.each(marks)('D9 F-D6 a race with the end of a %s', (what, end) => {
  const all = what === 'person' ? [...requests, signIn] : requests;
  const looking = all.filter(([name]) => name !== 'the redemption of a code');

  test.each(looking)('%s that looked just before it leaves nothing', async (_, prepare) => {
    const house = await openHouse();
    const { clock } = house.deps;
    let target: House = house;
    // The request goes through the house of the moment.
    const through = new Proxy(house, { get: (_house, name) => Reflect.get(target, name) as unknown });
    const request = await prepare(through);
    clock.forward(5);
    target = afterLooking(house, async () => {
      clock.forward(2);
      await end(house, accessOf(house));
      clock.forward(2);
    });
    const spoils = await request().catch(() => ({}));
    clock.forward(1);
    await expectNothing(house, what, spoils);
  });

  test.each(all)('%s that came while the mark was written leaves nothing', async (_, prepare) => {
    const house = await openHouse();
    const { clock } = house.deps;
    const request = await prepare(house);
    clock.forward(5);
    let spoils: Spoils = {};
    const slow = whileWriting(house, async () => {
      clock.forward(3);
      spoils = await request();
      clock.forward(3);
    });
    await end(slow, accessOf(house));
    clock.forward(1);
    await expectNothing(house, what, spoils);
  });

  test.each(all)('%s at the same moment leaves nothing, whoever is first', async (_, prepare) => {
    for (let round = 0; round < 4; round++) {
      const house = await openHouse();
      const request = await prepare(house);
      house.deps.clock.forward(5);
      const ending = () => end(house, accessOf(house));
      const both = round % 2 === 0 ? [request(), ending()] : [ending(), request()];
      const settled = await Promise.allSettled(both);
      const asked = settled[round % 2 === 0 ? 0 : 1];
      house.deps.clock.forward(1);
      await expectNothing(house, what, asked?.status === 'fulfilled' ? (asked.value as Spoils) : {});
    }
  });
});

test('F-D1 a session that ends while it is refreshed leaves nothing, whoever is first', async () => {
  const [, end] = endings[0] ?? [];
  for (let round = 0; round < 10; round++) {
    const house = await newHouse();
    const { code, gid } = await codeFor(house);
    const first = await redeem(house, code);
    house.deps.clock.forward(1);
    const [tokens] = await Promise.allSettled([
      refresh(house, first.refresh_token),
      end?.(house, { ...accessOf(house), gid }),
    ]);
    for (const token of [first, ...(tokens.status === 'fulfilled' ? [tokens.value] : [])]) {
      expect(await guardOf(house)(token.access_token)).toBe(false);
      expect((await refusal(() => refresh(house, token.refresh_token))).code).toBe('invalid_grant');
    }
  }
});

describe('a mark', () => {
  test('is one write where the clock stands, two where it went on', async () => {
    const { deps } = await newHouse();
    const target = { kind: 'client', clientId: 'a' } as const;
    const seconds: number[] = [];
    const mark = (pause: number, ahead?: number) => {
      const revoke: Revocations['revoke'] = async (_target, before) => {
        seconds.push(before - deps.clock.now());
        deps.clock.forward(pause);
      };
      return markRevoked(target, { revocations: { revoke }, clock: deps.clock }, ahead);
    };
    await mark(0);
    expect(seconds.splice(0)).toEqual([0]);
    await mark(2);
    expect(seconds.splice(0)).toEqual([0, 0]);
    await mark(0, 60);
    expect(seconds).toEqual([60]);
  });
});
