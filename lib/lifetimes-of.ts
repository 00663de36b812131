import { Duration } from 'aws-cdk-lib';
import type { Settings } from '../lambdas/contract/settings.ts';
import type { GatehouseProps } from './gatehouse-props.ts';
import { refusal } from './refusal.ts';
import { replayWindowsOf } from './replay-windows-of.ts';

type Lifetimes = Settings['lifetimes'];
/** Each of them one prop. */
type Single = Omit<Lifetimes, 'refreshReplayWindows'>;

interface Rule {
  readonly prop: keyof GatehouseProps;
  readonly value: Duration;
  readonly least: number;
  readonly most: number;
}

/** @default of each lifetime prop, and its bounds in seconds. A code lives at most 10 minutes (OAuth 2.1 §4.1.2). */
function rules(props: GatehouseProps): Record<keyof Single, Rule> {
  const day = 86_400;
  const rule = (prop: keyof GatehouseProps, value: Duration, least: number, most: number): Rule => ({
    prop,
    value,
    least,
    most,
  });
  return {
    accessToken: rule('accessTokenLifetime', props.accessTokenLifetime ?? Duration.hours(1), 60, day),
    refreshTokenIdle: rule(
      'refreshTokenIdleLifetime',
      props.refreshTokenIdleLifetime ?? Duration.days(30),
      60,
      3650 * day,
    ),
    refreshTokenAbsolute: rule(
      'refreshTokenAbsoluteLifetime',
      props.refreshTokenAbsoluteLifetime ?? Duration.days(90),
      60,
      3650 * day,
    ),
    refreshReplayWindow: rule('refreshReplayWindow', props.refreshReplayWindow ?? Duration.seconds(120), 0, 600),
    authorizationCode: rule(
      'authorizationCodeLifetime',
      props.authorizationCodeLifetime ?? Duration.seconds(60),
      1,
      600,
    ),
    signInTransaction: rule('signInTimeout', props.signInTimeout ?? Duration.minutes(10), 60, 3600),
    browserSession: rule('browserSessionLifetime', props.browserSessionLifetime ?? Duration.hours(8), 60, 30 * day),
    unusedRegistration: rule(
      'unusedRegistrationLifetime',
      props.unusedRegistrationLifetime ?? Duration.days(90),
      3600,
      3650 * day,
    ),
    grantCache: rule('grantCacheTime', props.grantCacheTime ?? Duration.seconds(60), 0, 300),
  };
}

/** The lifetimes in seconds, and a refusal for each that is out of bounds. */
export function lifetimesOf(props: GatehouseProps): { lifetimes: Lifetimes; refusals: string[] } {
  const all = Object.entries(rules(props)).map(([name, rule]) => ({
    name,
    ...rule,
    seconds: rule.value.toSeconds({ integral: false }),
  }));
  const wrong = all.filter(
    ({ seconds, least, most }) => !Number.isInteger(seconds) || seconds < least || seconds > most,
  );
  const { refreshReplayWindows, refusals } = replayWindowsOf(props);
  return {
    lifetimes: {
      ...(Object.fromEntries(all.map(({ name, seconds }) => [name, seconds])) as Single),
      refreshReplayWindows,
    },
    refusals: [
      ...wrong.map(({ prop, seconds, least, most }) =>
        refusal(prop, `${seconds} seconds`, `${least} to ${most} whole seconds`),
      ),
      ...refusals,
    ],
  };
}
