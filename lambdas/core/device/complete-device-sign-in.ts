import { requireLiveSignIn } from '../authorize/live-sign-in.ts';
import { startSession } from '../authorize/start-session.ts';
import { unknownTransaction } from '../authorize/pending-transaction.ts';
import { verifiedPerson } from '../authorize/verified-person.ts';
import { OAuthError } from '../errors.ts';
import { parameter } from '../parameters.ts';
import type { DeviceDeps } from './device-deps.ts';
import { pendingSignIn } from './pending-device.ts';

/** `sessionCookie`: value to set for `lifetimes.browserSession` seconds; absent if the answer had counted already. */
export interface DeviceSignInOutcome {
  readonly signInId: string;
  readonly sessionCookie?: string;
}

/**
 * Takes the identity provider's answer to a sign-in for a device. The device waits on, whatever it is: only a person who
 * is signed in can answer it.
 * @param answer query string of the callback
 * @throws OAuthError for a page: invalid_request (`reason` `unknown_transaction`, `other_browser`, `sign_in_ended`),
 *   access_denied if the provider said no, temporarily_unavailable, server_error
 */
export async function completeDeviceSignIn(
  answer: URLSearchParams,
  browser: { readonly browserCookie?: string },
  deps: DeviceDeps,
): Promise<DeviceSignInOutcome> {
  const signIn = await pendingSignIn(parameter(answer, 'state'), browser.browserCookie, deps);
  const signInId = signIn.id;
  // A reloaded callback: the provider's answer counted already, the page still waits.
  if (signIn.person) return { signInId };
  const person = await verifiedPerson(answer, signIn, deps);
  if (person instanceof OAuthError) throw person;
  await requireLiveSignIn({ sub: person.sub, startedAt: signIn.startedAt }, deps);
  if (!(await deps.deviceAuthorizations.signedIn(signInId, person, deps.clock.now()))) throw unknownTransaction();
  deps.audit.record({ type: 'person.signed_in', sub: person.sub });
  return { signInId, sessionCookie: await startSession(person, signIn.startedAt, deps) };
}
