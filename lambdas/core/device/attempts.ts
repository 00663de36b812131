import { digest } from '../digest.ts';
import type { Clock } from '../ports/clock.ts';
import type { DeviceAuthorizations } from '../ports/device-authorizations.ts';

/** From where a user code is entered. */
export interface Whereabouts {
  readonly browserCookie: string;
  /** Network of the person's browser, as far as it is known; a client can forge it, so it is not the only one. */
  readonly viewer: string;
  /** Network from which the connection came. */
  readonly connection: string;
}

/** Seconds in which the attempts below may be made. */
const window = 300;
/** Wrong codes of one browser, of one network, and of one connection, which may be that of a proxy of many people. */
const limits = { browser: 5, viewer: 20, connection: 200 } as const;

export interface Attempts {
  /** Seconds to wait until there are more; undefined: one was taken. */
  readonly wait?: number;
  /** Gives the attempt back, because the code was right. */
  giveBack(): Promise<void>;
}

type Deps = {
  readonly deviceAuthorizations: Pick<DeviceAuthorizations, 'takeAttempt' | 'returnAttempt'>;
  readonly clock: Clock;
};

/**
 * Takes an attempt to enter a user code before the code is looked up, so that parallel guesses count as well
 * (RFC 8628 §5.1): with 20 attempts in 5 minutes and codes of 34 bits, guessing one within its life is one chance in
 * 600 million.
 */
export async function takeAttempt(from: Whereabouts, { deviceAuthorizations: store, clock }: Deps): Promise<Attempts> {
  const now = clock.now();
  const end = (Math.floor(now / window) + 1) * window;
  const counters = (['browser', 'viewer', 'connection'] as const).map((kind) => {
    const who = kind === 'browser' ? from.browserCookie : from[kind];
    return { name: `${kind}#${digest(who)}#${end}`, limit: limits[kind] };
  });
  const taken: string[] = [];
  const giveBack = async () => void (await Promise.all(taken.map((name) => store.returnAttempt(name))));
  for (const { name, limit } of counters) {
    if (!(await store.takeAttempt(name, limit, end))) {
      // One person's mistakes must not use up the attempts of a whole office.
      await giveBack();
      return { wait: end - now, giveBack: async () => {} };
    }
    taken.push(name);
  }
  return { giveBack };
}
