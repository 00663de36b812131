import type { AuthorizationDetail } from '../authorization-request.ts';
import { canonicalResource } from '../canonical-resource.ts';
import type { ProtectedServer } from '../protected-server.ts';

/**
 * The granted details that a token for one server carries (RFC 9396 §9): those that name it in `locations`, and those
 * that name none but have a type of its.
 * @returns undefined if there are none
 */
export function detailsAt(
  server: ProtectedServer,
  details: readonly AuthorizationDetail[] | undefined,
): readonly AuthorizationDetail[] | undefined {
  const here = (details ?? []).filter(({ type, locations }) =>
    Array.isArray(locations)
      ? locations.some((location) => isAt(String(location), server))
      : server.authorizationDetailTypes?.includes(type),
  );
  return here.length > 0 ? here : undefined;
}

function isAt(location: string, server: ProtectedServer): boolean {
  if (location === server.resource) return true;
  try {
    return canonicalResource(location, [server]) === server.resource;
  } catch {
    return false;
  }
}
