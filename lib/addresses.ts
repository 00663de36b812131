import type { Construct } from 'constructs';
import { FrontDoor } from './front-door.ts';
import type { GatehouseProps } from './gatehouse-props.ts';
import type { RestApi } from './rest-api.ts';

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
  props: Pick<GatehouseProps, 'edge' | 'domain' | 'servers'>,
  authorizationServer: RestApi,
  apis: ReadonlyMap<string, RestApi>,
): Addresses {
  const urls = (baseOf: (id: string) => string): Record<string, string> =>
    Object.fromEntries(props.servers.map(({ id, path }) => [id, `${baseOf(id)}${path}`]));
  if (props.edge === 'none') {
    return { issuer: authorizationServer.url, servers: urls((id) => apis.get(id)!.url) };
  }
  const frontDoor = new FrontDoor(scope, 'FrontDoor', {
    authorizationServer,
    servers: new Map(props.servers.map(({ id, path }) => [path, apis.get(id)!])),
    domain: props.domain,
  });
  return {
    issuer: frontDoor.url,
    servers: urls(() => frontDoor.url),
    ...(props.domain && { domainTarget: frontDoor.distribution.distributionDomainName }),
  };
}
