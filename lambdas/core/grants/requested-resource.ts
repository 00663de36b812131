import { canonicalTarget } from '../canonical-target.ts';
import { OAuthError } from '../errors.ts';
import { parameterValues } from '../parameters.ts';
import type { ProtectedServer } from '../protected-server.ts';

/**
 * The one resource for which a token is asked; undefined leaves it to the grant.
 * @throws OAuthError invalid_target if it is unknown, or if several are asked: a token has one audience (D4)
 */
export function requestedResource(
  params: URLSearchParams,
  known: { readonly issuer: string; readonly servers: readonly ProtectedServer[] },
): string | undefined {
  const asked = parameterValues(params, 'resource').map((value) => canonicalTarget(value, known));
  const [resource, ...others] = new Set(asked);
  // RFC 8707 §2.2
  if (others.length > 0) throw new OAuthError('invalid_target', 'a token is good for one resource; send one resource');
  return resource;
}

/** The resource was not among those that the person allowed. Nothing is spent (clients.md pain 7). */
export function resourceNotGranted(): OAuthError {
  return new OAuthError('invalid_target', 'resource is not among those that were authorized; authorize it first', {
    reason: 'resource_not_granted',
  });
}
