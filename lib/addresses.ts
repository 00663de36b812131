import type { Construct } from 'constructs';
import type { Apis } from './apis.ts';
import { FrontDoor } from './front-door.ts';
import type { GatehouseProps } from './gatehouse-props.ts';

/** Where the deployed thing answers; every document, token and page is derived of these (D2). */
export interface Addresses {
  /** No trailing slash; may have a path. */
  readonly issuer: string;
  /** Server id → URL of its MCP endpoint, byte for byte its resource identifier. */
  readonly servers: Readonly<Record<string, string>>;
  /** What a domain's DNS record points to. */
  readonly domainTarget?: string;
}

/** Behind CloudFront all share one host; without it each API keeps its own. */
export function addressesOf(
  scope: Construct,
  { edge, domain, servers }: Pick<GatehouseProps, 'edge' | 'domain' | 'servers'>,
  apis: Apis,
): Addresses {
  const urls = (baseOf: (id: string) => string): Record<string, string> =>
    Object.fromEntries(servers.map(({ id, path }) => [id, `${baseOf(id)}${path}`]));
  if (edge === 'none') {
    return { issuer: apis.authorizationServer.url, servers: urls((id) => apis.servers.get(id)!.url) };
  }
  const { url, distribution } = new FrontDoor(scope, 'FrontDoor', {
    authorizationServer: apis.authorizationServer,
    servers: new Map(servers.map(({ id, path }) => [path, apis.servers.get(id)!])),
    domain,
  });
  return {
    issuer: url,
    servers: urls(() => url),
    ...(domain && { domainTarget: distribution.distributionDomainName }),
  };
}
