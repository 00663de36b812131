import { adminResource } from '../admin/admin-resource.ts';
import { canonicalTarget } from '../canonical-target.ts';
import { OAuthError } from '../errors.ts';
import { serverOf } from '../grants/server-of.ts';
import { parameterValues } from '../parameters.ts';
import type { ProtectedServer } from '../protected-server.ts';

/**
 * The servers that the client asks for, at least one; the first is the default audience of its tokens.
 * @throws OAuthError invalid_target if one is malformed or unknown, or if the admin API is asked together with another
 */
export function checkResource(
  params: URLSearchParams,
  known: { readonly issuer: string; readonly servers: readonly ProtectedServer[] },
): readonly ProtectedServer[] {
  const { issuer, servers } = known;
  // RFC 8707 §2: the parameter may repeat.
  const asked = parameterValues(params, 'resource').map((value) => canonicalTarget(value, known));
  const admin = adminResource(issuer);
  if (asked.includes(admin.resource)) {
    // Such grants have lives and rules of their own, and people must see that nothing else is asked.
    if (asked.every((resource) => resource === admin.resource)) return [admin];
    throw new OAuthError('invalid_target', 'the admin API is granted alone; send no other resource with it', {
      reason: 'admin_with_others',
    });
  }
  // Clients of 2025-03-26 and generic OAuth clients send none (AS-47): they mean the first server.
  if (asked.length === 0) return [serverOf(undefined, servers)];
  return [...new Set(asked)].flatMap((resource) => servers.filter((server) => server.resource === resource));
}
