import { askableResources } from '../admin/admin-resource.ts';
import { withinRights } from '../admin/within-rights.ts';
import { consentCsrf } from '../authorize/consent-csrf.ts';
import { consentView } from '../authorize/consent-view.ts';
import type { ConsentView } from '../authorize/consent-view.ts';
import { requireLiveSignIn } from '../authorize/live-sign-in.ts';
import { signInUrl } from '../authorize/sign-in-url.ts';
import { OAuthError } from '../errors.ts';
import type { Person } from '../person.ts';
import type { DeviceDeps } from './device-deps.ts';
import { asAuthorizationRequest } from './device-request.ts';
import { pendingSignIn, waitingDevice } from './pending-device.ts';

/** What the page shows of a device: there is no address to which the person is sent. */
export type DeviceView = Omit<ConsentView, 'redirect'>;

/** `sign-in`: the person must sign in first, at `url`; `consent`: the person is asked. */
export type OpenedDevice =
  | { readonly kind: 'sign-in'; readonly url: string }
  | { readonly kind: 'consent'; readonly view: DeviceView; readonly person: Person; readonly csrf: string };

/**
 * Finds what the page of a sign-in shows, for the browser that entered the code only.
 * @throws OAuthError for a page: invalid_request (`reason` `unknown_transaction`, `other_browser`, `already_answered`,
 *   `sign_in_ended`), invalid_client if the client is gone, access_denied without a right to what is asked,
 *   temporarily_unavailable if the identity provider cannot be reached
 */
export async function openDevice(
  asked: { readonly signInId: string; readonly browserCookie?: string },
  deps: DeviceDeps,
): Promise<OpenedDevice> {
  const { signInId, browserCookie = '' } = asked;
  const signIn = await pendingSignIn(signInId, browserCookie, deps);
  if (!signIn.person) return { kind: 'sign-in', url: await signInUrl(signIn, deps) };
  await requireLiveSignIn({ sub: signIn.person.sub, startedAt: signIn.startedAt }, deps);
  const { device, client } = await waitingDevice(signIn, deps);
  const request = withinRights(asAuthorizationRequest(device.request), signIn.person, deps);
  if (request instanceof OAuthError) {
    // Nothing that this person answers could help: the device need not wait for it.
    await deps.deviceAuthorizations.answer(device.digest, { state: 'denied' }, deps.clock.now());
    throw request;
  }
  // Nothing of an earlier consent counts: it was given to a redirect URI, and a device has none.
  const { redirect: _, ...view } = consentView(request, client, askableResources(deps));
  return { kind: 'consent', view, person: signIn.person, csrf: consentCsrf(browserCookie, signInId) };
}
