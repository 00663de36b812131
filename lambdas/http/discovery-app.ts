import type { Context, Hono } from 'hono';
import { askableResources } from '../core/admin/admin-resource.ts';
import type { OAuthErrorCode } from '../core/errors.ts';
import { authorizationServerMetadata } from '../core/metadata.ts';
import type { SigningKeys } from '../core/ports/signing-keys.ts';
import { protectedResourceMetadata } from '../core/protected-resource-metadata.ts';
import type { ProtectedServer } from '../core/protected-server.ts';
import { tokenServers } from '../core/token-servers.ts';
import { jwks } from '../core/tokens/jwks.ts';
import type { Settings } from '../contract/settings.ts';
import type { Answer } from './bind-routes.ts';
import { bindRoutes } from './bind-routes.ts';
import { endpointUrls } from './endpoint-urls.ts';
import { errorGuide } from './error-guide.ts';
import type { ErrorContext } from './errors.ts';
import { pageSender } from './page-response.ts';
import { explanationPage, unknownCodePage } from './pages/explanation-page.ts';
import { RefusedRequest } from './refused-request.ts';
import { credentialGuide } from './which-credential/credential-guide.ts';

export interface DiscoveryDeps extends ErrorContext {
  readonly settings: Pick<Settings, 'brand' | 'registration' | 'metadataDocuments' | 'signingAlgorithm'> &
    Partial<Pick<Settings, 'requirePushedAuthorizationRequests' | 'trustedIssuers'>>;
  /** At least one; the first that takes tokens answers for the root form. */
  readonly servers: readonly ProtectedServer[];
  readonly signingKeys: SigningKeys;
}

/** Everything that clients read before they have a token, and the pages behind `error_uri`. */
export function discoveryApp(deps: DiscoveryDeps): Hono {
  const { issuer, servers, settings } = deps;
  const endpoints = endpointUrls(issuer, settings);
  const metadataDocuments = settings.metadataDocuments.enabled;
  const { signingAlgorithm = 'RS256', requirePushedAuthorizationRequests, trustedIssuers = [] } = settings;
  const known = {
    ...{ issuer, endpoints, servers, metadataDocuments, signingAlgorithm },
    requirePushedAuthorizationRequests,
    trustedIssuers,
  };
  const metadata: Answer = () => publicJson(authorizationServerMetadata(known));
  const resource = (server: ProtectedServer | undefined) => {
    if (!server) throw new RefusedRequest('not_found', 'no MCP server stands at this path');
    return publicJson(protectedResourceMetadata(server, issuer));
  };
  return bindRoutes(
    'discovery',
    {
      'GET /.well-known/oauth-authorization-server': metadata,
      'GET /.well-known/openid-configuration': metadata,
      'GET /.well-known/jwks.json': async () => publicJson(jwks(await deps.signingKeys.list())),
      'GET /.well-known/oauth-protected-resource': () => resource(tokenServers(servers)[0]),
      'GET /.well-known/oauth-protected-resource/{server+}': (context) =>
        resource(serverAt(context, tokenServers(askableResources(deps)))),
      'GET /which-credential': credentialGuide(deps),
      'GET /errors/{code}': explainer(deps),
    },
    deps,
  );
}

/** Short enough that a new key or scope is seen soon; CloudFront and clients may both keep it. */
function publicJson(body: unknown): Response {
  return Response.json(body, { headers: { 'Cache-Control': 'public, max-age=300' } });
}

function serverAt(context: Context, servers: readonly ProtectedServer[]): ProtectedServer | undefined {
  const path = `/${(context.req.param('server') ?? '').replace(/\/$/, '')}`;
  return servers.find((server) => server.path === path);
}

function explainer({ settings, issuer }: DiscoveryDeps): Answer {
  const send = pageSender(settings.brand, issuer);
  return (context) => {
    const code = context.req.param('code') ?? '';
    const known = Object.hasOwn(errorGuide, code) ? (code as OAuthErrorCode) : undefined;
    if (!known) return send(unknownCodePage(Object.keys(errorGuide)), { deadEnd: true, status: 404 });
    const page = send(explanationPage(known, errorGuide[known]), { deadEnd: true });
    page.headers.set('Cache-Control', 'public, max-age=300');
    page.headers.delete('Pragma');
    return page;
  };
}
