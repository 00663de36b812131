import { mostSignInAge } from '../admin/admin-grant.ts';
import { digest } from '../digest.ts';
import { acceptsSession, signInTerms } from '../identity/fresh-sign-in.ts';
import { liveSession } from '../own-pages/live-session.ts';
import type { Person } from '../person.ts';
import type { DeviceAuthorization } from '../ports/device-authorizations.ts';
import { takeAttempt } from './attempts.ts';
import type { Whereabouts } from './attempts.ts';
import type { DeviceDeps } from './device-deps.ts';
import { asAuthorizationRequest } from './device-request.ts';
import { userCodeDigest } from './user-code-digest.ts';
import { typedUserCode } from './user-code.ts';

/**
 * `wrong`: not a code that waits here; `wait`: too many wrong codes, no more for so many seconds; `continue`: the way
 * goes on at the sign-in of this id.
 */
export type EntryOutcome =
  | { readonly kind: 'wrong' }
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'continue'; readonly signInId: string };

async function beginSignIn(
  device: DeviceAuthorization,
  browserCookie: string,
  by: { readonly person: Person | undefined; readonly startedAt: number },
  deps: DeviceDeps,
): Promise<string> {
  const { entropy } = deps;
  const { person, startedAt } = by;
  const now = deps.clock.now();
  const request = asAuthorizationRequest(device.request);
  const mostAge = mostSignInAge(request, deps);
  const id = `d-${entropy.token(32)}`;
  await deps.deviceAuthorizations.beginSignIn({
    id,
    device: device.digest,
    browserDigest: digest(browserCookie),
    upstream: { nonce: entropy.token(16), codeVerifier: entropy.token(32), ...signInTerms(request, now, mostAge) },
    ...(person && acceptsSession(request, person, now, mostAge) && { person }),
    startedAt,
    // No need to outlive what it is for.
    expiresAt: Math.min(device.codeExpiresAt, now + deps.lifetimes.signInTransaction),
  });
  return id;
}

/**
 * Takes a user code that a person entered (RFC 8628 §3.3). A right one allows nothing yet: the person must sign in and
 * answer, even if the code came with the address.
 * @param typed as it was typed
 */
export async function enterUserCode(
  typed: string,
  from: Whereabouts & { readonly sessionCookie?: string },
  deps: DeviceDeps,
): Promise<EntryOutcome> {
  const code = typedUserCode(typed);
  // A slip of the finger is no guess.
  if (code === undefined) return { kind: 'wrong' };
  const attempt = await takeAttempt(from, deps);
  if (attempt.wait !== undefined) {
    deps.audit.record({ type: 'user_code.refused', decision: 'refused', reason: 'too_many_attempts' });
    return { kind: 'wait', seconds: attempt.wait };
  }
  const key = await userCodeDigest(code, deps.pepper);
  const device = await deps.deviceAuthorizations.findPending(key, deps.clock.now());
  if (!device) return { kind: 'wrong' };
  await attempt.giveBack();
  // Before the session is looked up: a revocation from then on ends the sign-in.
  const startedAt = deps.clock.now();
  const person = (await liveSession(from.sessionCookie, deps))?.person;
  const signInId = await beginSignIn(device, from.browserCookie, { person, startedAt }, deps);
  return { kind: 'continue', signInId };
}
