import { OAuthError } from '../errors.ts';
import type { Grant } from '../grant.ts';
import { isRevokedWith } from '../resource/is-revoked-with.ts';
import { revocationTargets } from '../resource/revocation-targets.ts';
import type { TokenDeps } from './exchange-token.ts';
import { revokeGrant } from './revoke-grant.ts';

/**
 * Asked after the write that moved a refresh token on, so that no revocation falls between the two: either it is seen
 * here, or the next refresh and every door see it (D9, docs/decisions/0021).
 * @throws OAuthError invalid_grant if the person, the client or the consent was revoked since; the grant ends for good
 */
export async function checkRevocations(
  grant: Grant,
  deps: Pick<TokenDeps, 'grants' | 'revocations' | 'audit' | 'clock' | 'lifetimes'>,
): Promise<void> {
  if (!isRevokedWith(grant, await deps.revocations.latest(revocationTargets(grant)))) return;
  await revokeGrant(grant, 'access_revoked', deps);
  throw new OAuthError('invalid_grant', 'the access was taken back; start the authorization again', {
    reason: 'access_revoked',
  });
}
