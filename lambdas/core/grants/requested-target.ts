import { OAuthError } from '../errors.ts';
import { parameterValues } from '../parameters.ts';
import type { ProtectedServer } from '../protected-server.ts';
import { requestedResource } from './requested-resource.ts';
import { serverOf } from './server-of.ts';

/** The servers that `audience` names, by id or by resource identifier. */
function audienceServers(params: URLSearchParams, servers: readonly ProtectedServer[]): readonly ProtectedServer[] {
  return parameterValues(params, 'audience').map((name) => {
    const found = servers.find((server) => [server.id, server.resource].includes(name));
    if (found) return found;
    throw new OAuthError('invalid_target', 'audience is unknown here; use the id or the resource of a server');
  });
}

/**
 * The one server for which a token is asked by `resource` or `audience` (RFC 8693 §2.1).
 * @param otherwise canonical resource that is meant where neither is sent
 * @throws OAuthError invalid_target if it is unknown, or if several are asked: a token has one audience (D4)
 */
export function requestedTarget(
  params: URLSearchParams,
  otherwise: string,
  known: { readonly issuer: string; readonly servers: readonly ProtectedServer[] },
): ProtectedServer {
  const { servers } = known;
  const resource = requestedResource(params, known);
  const named = audienceServers(params, servers).map((server) => server.resource);
  const [target = otherwise, ...others] = new Set(resource === undefined ? named : [resource, ...named]);
  // RFC 8693 §2.2.2
  if (others.length > 0) throw new OAuthError('invalid_target', 'a token is good for one server; ask for one');
  return serverOf(target, servers);
}
