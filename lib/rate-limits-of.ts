import type { RateLimitSettings } from '../lambdas/contract/rate-limit-settings.ts';
import type { GatehouseProps } from './gatehouse-props.ts';
import type { RateLimitRule } from './rate-limit-props.ts';
import { refusal } from './refusal.ts';

/** Far above what API Gateway lets pass to one API. */
const most = 10_000;

/** @default of each limit. */
const defaults = {
  registration: { rps: 5, burst: 150 },
  signIn: { rps: 20, burst: 300 },
  client: { rps: 20, burst: 200 },
  address: { rps: 50, burst: 500 },
  calls: { rps: 50, burst: 500 },
} as const satisfies Record<Exclude<keyof RateLimitSettings, 'callsByScope'>, RateLimitRule>;

/** The limits, and a refusal for each that makes no sense; no limits where they are switched off. */
export function rateLimitsOf({ rateLimits = {}, servers }: Pick<GatehouseProps, 'rateLimits' | 'servers'>): {
  rateLimits?: RateLimitSettings;
  refusals: string[];
} {
  if (rateLimits === false) return { refusals: [] };
  const { callsByScope = {}, ...given } = rateLimits;
  const own = { ...defaults, ...given };
  const scopes = servers.flatMap((server) => server.scopes.map(({ name }) => name));
  const unknown = Object.keys(callsByScope).filter((name) => !scopes.includes(name));
  const rules = [
    ...Object.entries(own).map(([name, rule]) => [`rateLimits.${name}`, rule] as const),
    ...Object.entries(callsByScope).map(([name, rule]) => [`rateLimits.callsByScope['${name}']`, rule] as const),
  ];
  return {
    rateLimits: { ...own, callsByScope: { ...callsByScope } },
    refusals: [
      ...rules.flatMap(([prop, rule]) => (makesSense(rule) ? [] : [refusal(prop, rule, allowed)])),
      ...unknown.map((name) => refusal('rateLimits.callsByScope', name, scopes.join(', '))),
    ],
  };
}

const allowed = `rps from 0.001 to ${most}, burst a whole number from the larger of 1 and rps to ${most}`;

function makesSense({ rps, burst }: RateLimitRule): boolean {
  // One token in 1000 seconds is the slowest whose arithmetic was thought of.
  return rps >= 0.001 && rps <= most && Number.isInteger(burst) && burst >= Math.max(1, rps) && burst <= most;
}
