import type { Grant } from '../grant.ts';
import type { TokenDeps } from './exchange-token.ts';

/** Ends a grant with all its tokens; the tombstone stays for as long as an access token may live. */
export async function revokeGrant(
  grant: Grant,
  reason: string,
  deps: Pick<TokenDeps, 'grants' | 'audit' | 'clock' | 'lifetimes'>,
): Promise<void> {
  const { gid, clientId, sub } = grant;
  await deps.grants.revoke(gid, deps.clock.now() + deps.lifetimes.accessToken);
  deps.audit.record({ type: 'grant.revoked', clientId, sub, gid, reason });
}
