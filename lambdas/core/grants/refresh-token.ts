import { readDetails } from '../authorization-details/read-details.ts';
import { digest } from '../digest.ts';
import { OAuthError } from '../errors.ts';
import type { Grant } from '../grant.ts';
import { audiencesOf } from '../identity/identity-resource.ts';
import { keepClient } from '../keep-client.ts';
import { parameter, requiredParameter } from '../parameters.ts';
import type { RefreshPresentation } from '../ports/grants.ts';
import { splitScope } from '../split-scope.ts';
import { readRefreshToken } from '../tokens/handle.ts';
import { checkRevocations } from './check-revocations.ts';
import type { TokenDeps } from './exchange-token.ts';
import { grantEnd } from './grant-end.ts';
import { grantOffers } from './grant-offers.ts';
import type { GrantType } from './index.ts';
import { issueTokens } from './issue-tokens.ts';
import { isOtherKey, keyBinding, keyMismatch } from './key-binding.ts';
import { replayWindow } from './replay-window.ts';
import { requestedResource, resourceNotGranted } from './requested-resource.ts';
import { revokeGrant } from './revoke-grant.ts';
import { checkTokenDetails, tokenDetails } from './token-details.ts';
import { audienceOf, tokenScopes } from './token-scopes.ts';

function dead(reason: string): OAuthError {
  return new OAuthError(
    'invalid_grant',
    'the refresh token is spent, revoked or expired; start the authorization again',
    {
      reason,
    },
  );
}

function belongs(grant: Grant | undefined, shown: RefreshPresentation): grant is Grant {
  return grant?.saltDigest === shown.saltDigest && grant.clientId === shown.clientId;
}

/**
 * What a refresh token is worth that is not the current one.
 * @returns the grant if the answer to the same refresh was lost: its current token is the successor, once more
 * @throws OAuthError otherwise; a replay revokes the family
 */
async function successorOf(shown: RefreshPresentation, grant: Grant | undefined, deps: TokenDeps): Promise<Grant> {
  if (!belongs(grant, shown)) throw dead('refresh_unknown');
  if (grant.state !== 'active') throw dead('refresh_revoked');
  if (grant.expiresAt <= shown.now || grant.absoluteExpiresAt <= shown.now) throw dead('refresh_expired');
  if (shown.resource !== undefined && !grant.resources.includes(shown.resource)) throw resourceNotGranted();
  const age = shown.now - grant.rotatedAt;
  // Parallel processes and lost answers present the same token (clients.md pain 1).
  const isRepeat = grant.generation === shown.generation + 1 && age <= replayWindow(grant.clientId, deps.lifetimes);
  if (isRepeat || grant.generation <= shown.generation) {
    if (!shown.anyKey && isOtherKey(grant, shown)) throw keyMismatch();
    if (isRepeat) return grant;
    throw dead('refresh_unknown');
  }
  // OAuth 2.1 §4.3.1: whoever presents an older one is not the client that got its successor. Whatever key is proved:
  // a thief could have bound the grant to a key of his own, and must not be safe from its owner.
  await revokeGrant(grant, 'refresh_token.replayed', deps);
  deps.audit.record({
    type: 'refresh_token.replayed',
    decision: 'refused',
    clientId: grant.clientId,
    sub: grant.sub,
    gid: grant.gid,
  });
  throw dead('refresh_replayed');
}

/** Refuses a wider scope before anything is spent. Costs a read, which only a refresh with `scope` pays. */
async function checkScope(shown: RefreshPresentation, asked: readonly string[], deps: TokenDeps): Promise<void> {
  const grant = asked.length > 0 ? await deps.grants.find(shown.gid) : undefined;
  if (!belongs(grant, shown)) return;
  if (shown.resource !== undefined && !grant.resources.includes(shown.resource)) throw resourceNotGranted();
  tokenScopes(grant, audienceOf(grant, shown.resource, audiencesOf(deps)), asked);
}

/** A grant that lives on by refreshing keeps its client (D6). */
async function keepClientOf(grant: Grant, deps: TokenDeps): Promise<void> {
  const { clientId, clientExpiresAt } = grant;
  if (clientExpiresAt === undefined) return;
  const kept = await keepClient({ clientId, expiresAt: clientExpiresAt }, grant.expiresAt, deps);
  if (kept !== undefined && kept !== clientExpiresAt) await deps.grants.noteClientExpiry(grant.gid, kept);
}

/** `refresh_token` (OAuth 2.1 §4.3): one conditional write moves to the next token. */
export const refreshToken: GrantType = {
  ...grantOffers.refreshToken,
  async handle({ client, params, dpopJkt }, deps) {
    const handle = readRefreshToken(await deps.pepper.read(), requiredParameter(params, 'refresh_token'));
    const now = deps.clock.now();
    const resource = requestedResource(params, deps);
    const shown: RefreshPresentation = {
      gid: handle.gid,
      saltDigest: digest(handle.salt),
      clientId: client.clientId,
      generation: handle.generation,
      ...(resource !== undefined && { resource }),
      ...keyBinding(client, dpopJkt),
      now,
      expiresAt: grantEnd(true, now, deps.lifetimes),
    };
    const asked = splitScope(parameter(params, 'scope'));
    await checkScope(shown, asked, deps);
    const details = readDetails(params);
    await checkTokenDetails(shown, details, deps);
    const moved = await deps.grants.rotate(shown);
    const grant = moved.ok ? moved.grant : await successorOf(shown, moved.grant, deps);
    await checkRevocations(grant, deps);
    if (moved.ok) await keepClientOf(grant, deps);
    const server = audienceOf(grant, resource, audiencesOf(deps));
    return issueTokens(
      grant,
      {
        server,
        scopes: tokenScopes(grant, server, asked),
        details: tokenDetails(grant, server, details),
        salt: handle.salt,
        now,
        dpopJkt,
      },
      deps,
    );
  },
};
