import { detailsAt } from '../authorization-details/details-at.ts';
import { invalidDetails } from '../authorization-details/invalid-details.ts';
import { pathDetailProblem } from '../authorization-details/path-details.ts';
import { readDetails } from '../authorization-details/read-details.ts';
import type { AuthorizationDetail } from '../authorization-request.ts';
import { canonicalResource } from '../canonical-resource.ts';
import type { ProtectedServer } from '../protected-server.ts';

/** Bytes of JSON that one token may carry: it must fit into a header, and into what the guard hands on. */
const largestAtServer = 4096;

function locationsOf(detail: AuthorizationDetail): readonly string[] | undefined {
  const { locations } = detail;
  if (locations === undefined) return undefined;
  if (Array.isArray(locations) && locations.length > 0 && locations.every((one) => typeof one === 'string')) {
    return locations;
  }
  throw invalidDetails('locations must be an array of resource identifiers; leave it out to mean every one');
}

/** The servers that a detail is for. */
function serversFor(detail: AuthorizationDetail, asked: readonly ProtectedServer[]): readonly ProtectedServer[] {
  const locations = locationsOf(detail);
  if (!locations) return asked.filter((server) => server.authorizationDetailTypes?.includes(detail.type));
  // RFC 9396 §2.2; the spelling is judged as that of `resource` is (clients.md pain 7).
  return locations.map((location) => {
    const server = asked.find(({ resource }) => resource === known(location, asked));
    if (!server) throw invalidDetails('locations name a resource that is not asked; add it as resource');
    return server;
  });
}

function known(location: string, asked: readonly ProtectedServer[]): string | undefined {
  try {
    return canonicalResource(location, asked);
  } catch {
    return undefined;
  }
}

/**
 * The `authorization_details` of a request (RFC 9396 §2), as they were sent; undefined if there are none.
 * @param asked the servers of the request
 * @throws OAuthError invalid_authorization_details
 */
export function checkAuthorizationDetails(
  params: URLSearchParams,
  asked: readonly ProtectedServer[],
): readonly AuthorizationDetail[] | undefined {
  const details = readDetails(params);
  for (const detail of details ?? []) {
    const servers = serversFor(detail, asked);
    // RFC 9396 §5: an unknown type is refused, never ignored.
    const isKnown = servers.every((server) => server.authorizationDetailTypes?.includes(detail.type));
    if (servers.length === 0 || !isKnown) {
      const types = [...new Set(asked.flatMap((server) => server.authorizationDetailTypes ?? []))].join(', ') || 'none';
      throw invalidDetails(`type is unknown at this resource; known are: ${types}`);
    }
    const problem = pathDetailProblem(detail);
    if (problem !== undefined) throw invalidDetails(problem);
  }
  const isTooLarge = asked.some(
    (server) => Buffer.byteLength(JSON.stringify(detailsAt(server, details) ?? [])) > largestAtServer,
  );
  if (isTooLarge)
    throw invalidDetails(`the details for one resource are longer than ${largestAtServer} bytes; send fewer`);
  return details;
}
