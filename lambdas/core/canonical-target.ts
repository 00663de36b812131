import { adminResource } from './admin/admin-resource.ts';
import { canonicalResource } from './canonical-resource.ts';
import type { ProtectedServer } from './protected-server.ts';

/**
 * Finds the resource that a client means among the servers and the admin API. That one has to be named as it is, but
 * for a trailing slash: no shorter address may ever come to mean it.
 * @throws OAuthError invalid_target
 */
export function canonicalTarget(
  value: string,
  known: { readonly issuer: string; readonly servers: readonly ProtectedServer[] },
): string {
  const { resource } = adminResource(known.issuer);
  return value === resource || value === `${resource}/` ? resource : canonicalResource(value, known.servers);
}
