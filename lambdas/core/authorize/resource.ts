import { canonicalResource } from '../canonical-resource.ts';
import { parameterValues } from '../parameters.ts';
import type { ProtectedServer } from '../protected-server.ts';

/**
 * The servers that the client asks for, at least one; the first is the default audience of its tokens.
 * @throws OAuthError invalid_target if one is malformed or unknown
 */
export function checkResource(
  params: URLSearchParams,
  servers: readonly ProtectedServer[],
): readonly ProtectedServer[] {
  // RFC 8707 §2: the parameter may repeat.
  const asked = parameterValues(params, 'resource').map((value) => canonicalResource(value, servers));
  // Clients of 2025-03-26 and generic OAuth clients send none (AS-47): they mean the first server.
  if (asked.length === 0) return servers.slice(0, 1);
  return [...new Set(asked)].flatMap((resource) => servers.filter((server) => server.resource === resource));
}
