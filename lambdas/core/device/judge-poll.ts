import { OAuthError } from '../errors.ts';
import type { DeviceAnswer, DeviceAuthorization, DeviceAuthorizations } from '../ports/device-authorizations.ts';

/** Seconds that `slow_down` adds to the interval (RFC 8628 §3.5). */
const penalty = 5;
/** Seconds; a device that asks far too often is not made to wait for longer than this. */
const longestInterval = 60;
/** Seconds by which a poll may come early: times are whole seconds, and networks are not even. */
const slack = 1;

type Approved = Extract<DeviceAnswer, { state: 'approved' }>;

/** The pace is kept beside the answer, so that it holds for all instances together. */
async function judgePace(
  seen: DeviceAuthorization,
  now: number,
  store: Pick<DeviceAuthorizations, 'notePoll'>,
): Promise<OAuthError> {
  const inTime = now >= seen.nextPollAt;
  const interval = inTime ? seen.interval : Math.min(seen.interval + penalty, longestInterval);
  const noted = await store.notePoll(seen.digest, seen, { interval, nextPollAt: now + interval - slack });
  if (inTime && noted) {
    return new OAuthError('authorization_pending', 'the person has not answered yet; ask again after the interval');
  }
  return new OAuthError('slow_down', 'the device asks too often; add 5 seconds to the interval');
}

/**
 * What a device that asks is told (RFC 8628 §3.5).
 * @returns the answer of a person who allowed it
 * @throws OAuthError authorization_pending, slow_down, expired_token or access_denied
 */
export async function judgePoll(
  authorization: DeviceAuthorization,
  now: number,
  deps: { readonly deviceAuthorizations: Pick<DeviceAuthorizations, 'notePoll'> },
): Promise<Approved> {
  const { answer, codeExpiresAt } = authorization;
  if (answer.state === 'denied') throw new OAuthError('access_denied', 'the person did not allow it');
  if (codeExpiresAt <= now) {
    throw new OAuthError('expired_token', 'device_code has expired; start a new device authorization');
  }
  if (answer.state === 'approved') return answer;
  throw await judgePace(authorization, now, deps.deviceAuthorizations);
}
