import { unknownClient } from '../authorize/client.ts';
import { unknownTransaction } from '../authorize/pending-transaction.ts';
import type { Client } from '../client.ts';
import { digest, sameText } from '../digest.ts';
import { OAuthError } from '../errors.ts';
import { findClient } from '../find-client.ts';
import type { DeviceAuthorization, DeviceSignIn } from '../ports/device-authorizations.ts';
import type { DeviceDeps } from './device-deps.ts';

const wellFormed = /^d-[\w-]{43}$/;

/** Whether the `state` of an identity provider's answer belongs to the sign-in for a device. */
export function isDeviceSignIn(state: string | undefined): boolean {
  return state !== undefined && wellFormed.test(state);
}

/**
 * Finds a sign-in for the browser that entered the code, and no other (CSRF, AS-49).
 * @throws OAuthError invalid_request (`reason` `unknown_transaction` or `other_browser`)
 */
export async function pendingSignIn(
  id: string | undefined,
  browserCookie: string | undefined,
  deps: Pick<DeviceDeps, 'deviceAuthorizations' | 'clock'>,
): Promise<DeviceSignIn> {
  const isPossible = id !== undefined && isDeviceSignIn(id);
  const signIn = isPossible ? await deps.deviceAuthorizations.findSignIn(id, deps.clock.now()) : undefined;
  if (!signIn) throw unknownTransaction();
  if (browserCookie && sameText(digest(browserCookie), signIn.browserDigest)) return signIn;
  throw new OAuthError('invalid_request', 'this sign-in began in another browser, or cookies are blocked', {
    reason: 'other_browser',
  });
}

/**
 * The device that a signed-in person is asked about, and its client.
 * @throws OAuthError invalid_request (`reason` `already_answered`), invalid_client if the client is gone
 */
export async function waitingDevice(
  signIn: DeviceSignIn,
  deps: DeviceDeps,
): Promise<{ readonly device: DeviceAuthorization; readonly client: Client }> {
  const now = deps.clock.now();
  const device = await deps.deviceAuthorizations.find(signIn.device, now);
  if (!device || device.codeExpiresAt <= now) throw unknownTransaction();
  if (device.answer.state !== 'pending') throw alreadyAnswered();
  const client = await findClient(device.request.clientId, deps);
  if (!client) throw unknownClient();
  return { device, client };
}

/** The device got an answer, here or in another browser. */
export function alreadyAnswered(): OAuthError {
  return new OAuthError('invalid_request', 'this device was answered already; start again on the device', {
    reason: 'already_answered',
  });
}
