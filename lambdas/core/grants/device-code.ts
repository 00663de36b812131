import type { Client } from '../client.ts';
import { deviceGrant, deviceSalt } from '../device/device-grant.ts';
import { judgePoll } from '../device/judge-poll.ts';
import { digest } from '../digest.ts';
import { OAuthError } from '../errors.ts';
import type { Grant } from '../grant.ts';
import { audiencesOf } from '../identity/identity-resource.ts';
import { keepClient } from '../keep-client.ts';
import { requiredParameter } from '../parameters.ts';
import { checkRevocations } from './check-revocations.ts';
import type { TokenDeps } from './exchange-token.ts';
import { grantOffers } from './grant-offers.ts';
import type { GrantType } from './index.ts';
import { issueTokens } from './issue-tokens.ts';
import { isOtherKey, keyMismatch } from './key-binding.ts';
import { replayWindow } from './replay-window.ts';
import { requestedResource, resourceNotGranted } from './requested-resource.ts';
import { revokeGrant } from './revoke-grant.ts';
import { audienceOf, tokenScopes } from './token-scopes.ts';

// `gd_` and 32 random bytes; the store is not asked for anything else.
const wellFormed = /^gd_[\w-]{43}$/;

function refused(reason: string): OAuthError {
  return new OAuthError('invalid_grant', 'device_code is unknown or was used; start a new device authorization', {
    reason,
  });
}

/** What a device code is worth whose grant exists. Parallel polls and lost answers get the same refresh token. */
async function repeated(wanted: Grant, existing: Grant | undefined, deps: TokenDeps): Promise<Grant> {
  if (existing?.saltDigest !== wanted.saltDigest || existing?.state !== 'active') throw refused('device_code_spent');
  if (isOtherKey(existing, wanted)) throw keyMismatch();
  const isLate = wanted.createdAt - existing.createdAt > replayWindow(existing.clientId, deps.lifetimes);
  if (!isLate && existing.generation === wanted.generation) return existing;
  // As with a code (AS-63): whoever comes that late is not the device that has its tokens.
  if (isLate) await revokeGrant(existing, 'device_code.replayed', deps);
  throw refused('device_code_replayed');
}

/** Creates the grant, in one conditional write: of any number of polls one does. */
async function redeem(wanted: Grant, client: Client, deps: TokenDeps): Promise<Grant> {
  const clientExpiresAt = await keepClient(client, wanted.expiresAt, deps);
  const grant = clientExpiresAt === undefined ? wanted : { ...wanted, clientExpiresAt };
  const created = await deps.grants.create(grant);
  if (!created.ok) return repeated(wanted, created.grant, deps);
  deps.audit.record({ type: 'device_code.redeemed', clientId: grant.clientId, sub: grant.sub, gid: grant.gid });
  return grant;
}

/** `urn:ietf:params:oauth:grant-type:device_code` (RFC 8628 §3.4). */
export const deviceCode: GrantType = {
  ...grantOffers.deviceCode,
  async handle({ client, params, dpopJkt }, deps) {
    const code = requiredParameter(params, 'device_code');
    if (!wellFormed.test(code)) throw refused('device_code_malformed');
    const resource = requestedResource(params, deps);
    const now = deps.clock.now();
    const authorization = await deps.deviceAuthorizations.find(digest(code), now);
    // Another client's attempt must not end anybody's login (clients.md pain 25).
    if (!authorization || authorization.request.clientId !== client.clientId) throw refused('device_code_unknown');
    const approved = await judgePoll(authorization, now, deps);
    if (resource !== undefined && !approved.resources.includes(resource)) throw resourceNotGranted();
    const salt = deviceSalt(code, authorization.gid);
    const wanted = deviceGrant({ authorization, approved, client, salt, dpopJkt }, now, deps);
    const grant = await redeem(wanted, client, deps);
    // An ID token is shown at no door of ours that could refuse it.
    if (grant.identityScopes) await checkRevocations(grant, deps);
    const server = audienceOf(grant, resource, audiencesOf(deps));
    return issueTokens(grant, { server, scopes: tokenScopes(grant, server, []), salt, now, dpopJkt }, deps);
  },
};
