import type { Construct } from 'constructs';
import { apiGatewayLogRole } from './api-gateway-log-role.ts';
import type { GatehouseProps } from './gatehouse-props.ts';
import { pascalCase } from './pascal-case.ts';
import { RestApi } from './rest-api.ts';
import type { StageDefaults } from './stage-defaults.ts';

export interface Apis {
  readonly authorizationServer: RestApi;
  /** Server id → its API: each has its own challenge, throttle and log (D1). */
  readonly servers: ReadonlyMap<string, RestApi>;
}

/** The APIs, still without methods: their addresses are needed by what will answer there. */
export function makeApis(
  scope: Construct,
  props: Pick<GatehouseProps, 'servers' | 'apiGatewayLogRole'>,
  stage: StageDefaults,
): Apis {
  const logRole = props.apiGatewayLogRole === false ? undefined : apiGatewayLogRole(scope);
  const serverApi = (id: string): RestApi =>
    new RestApi(scope, `Server${pascalCase(id)}`, {
      description: `Gatehouse: MCP server ${id}`,
      requestsPerSecond: 500,
      burst: 1000,
      stage,
      logRole,
    });
  return {
    authorizationServer: new RestApi(scope, 'AuthorizationServer', {
      description: 'Gatehouse: authorization server',
      requestsPerSecond: 100,
      burst: 200,
      stage,
      logRole,
    }),
    servers: new Map(props.servers.map(({ id }) => [id, serverApi(id)])),
  };
}
