import { askableResources } from '../admin/admin-resource.ts';
import { withinRights } from '../admin/within-rights.ts';
import { allowedScopes, grantedParts } from '../authorize/allowed-scopes.ts';
import { consentCsrf } from '../authorize/consent-csrf.ts';
import { serversOf } from '../authorize/consent-memory.ts';
import { requireLiveSignIn } from '../authorize/live-sign-in.ts';
import { unknownTransaction } from '../authorize/pending-transaction.ts';
import { scopesAt } from '../authorize/scopes-at.ts';
import { sameText } from '../digest.ts';
import { OAuthError } from '../errors.ts';
import type { Person } from '../person.ts';
import type { DeviceAnswer } from '../ports/device-authorizations.ts';
import type { DeviceDeps } from './device-deps.ts';
import { asAuthorizationRequest } from './device-request.ts';
import type { DeviceRequest } from './device-request.ts';
import { alreadyAnswered, pendingSignIn, waitingDevice } from './pending-device.ts';

export interface DeviceDecision {
  readonly signInId: string;
  /** Value of the binding cookie. */
  readonly browserCookie?: string;
  /** Value of the form's hidden field. */
  readonly csrf: string;
  readonly allow: boolean;
  /** Values of the ticked scopes (`tick` of the view); required ones count as ticked. */
  readonly scopes: readonly string[];
}

function answerOf(
  decision: DeviceDecision & { readonly givenAt: number },
  person: Person,
  wanted: DeviceRequest,
  deps: DeviceDeps,
): DeviceAnswer {
  const request = withinRights(asAuthorizationRequest(wanted), person, deps);
  if (request instanceof OAuthError) return { state: 'denied' };
  const asked = serversOf(request, askableResources(deps)).map((server) => ({
    server,
    fresh: scopesAt(server, request.scopes),
    kept: [],
    isSettled: false,
  }));
  const allowed = allowedScopes(request, asked, decision.scopes);
  // Unticking every scope leaves nothing to allow but sign-in; a server without scopes has none to untick.
  const isEmpty = allowed.every(({ names }) => names.length === 0) && request.scopes.length > 0;
  if (!decision.allow || (isEmpty && !request.identityScopes)) return { state: 'denied' };
  return { state: 'approved', person, givenAt: decision.givenAt, ...grantedParts(allowed) };
}

/**
 * Takes the person's answer for a device (RFC 8628 §3.3). The first one counts; the device hears it at its next poll.
 * It is not remembered: a device is asked about each time.
 * @returns whether it was allowed
 * @throws OAuthError for a page: invalid_request (`reason` `unknown_transaction`, `other_browser`, `csrf`,
 *   `already_answered`, `sign_in_ended`), invalid_client if the client is gone
 */
export async function answerDevice(decision: DeviceDecision, deps: DeviceDeps): Promise<{ readonly allowed: boolean }> {
  const { signInId, browserCookie = '' } = decision;
  const givenAt = deps.clock.now();
  const signIn = await pendingSignIn(signInId, browserCookie, deps);
  const { person } = signIn;
  if (!person) throw unknownTransaction();
  if (!sameText(decision.csrf, consentCsrf(browserCookie, signInId))) {
    throw new OAuthError('invalid_request', 'the form was not made here; enter the code again', { reason: 'csrf' });
  }
  await requireLiveSignIn({ sub: person.sub, startedAt: signIn.startedAt }, deps);
  const { device, client } = await waitingDevice(signIn, deps);
  const answer = answerOf({ ...decision, givenAt }, person, device.request, deps);
  if (!(await deps.deviceAuthorizations.answer(device.digest, answer, deps.clock.now()))) throw alreadyAnswered();
  await deps.deviceAuthorizations.endSignIn(signInId);
  const allowed = answer.state === 'approved';
  const type = allowed ? 'device.allowed' : 'device.denied';
  const event = { type, clientId: client.clientId, sub: person.sub, gid: device.gid };
  deps.audit.record({ ...event, decision: allowed ? 'allowed' : 'refused' });
  return { allowed };
}
