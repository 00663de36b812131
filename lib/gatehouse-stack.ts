import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { addressesOf } from './addresses.ts';
import { apiGatewayLogRole } from './api-gateway-log-role.ts';
import { addRoutes } from './authorization-server.ts';
import { functionCode } from './function-code.ts';
import { entries, Functions, sampleEntry } from './functions.ts';
import type { GatehouseProps } from './gatehouse-props.ts';
import { protectServer } from './mcp-server.ts';
import { Monitoring } from './monitoring.ts';
import { addOutputs } from './outputs.ts';
import { pascalCase } from './pascal-case.ts';
import { RestApi } from './rest-api.ts';
import { pepperSecret } from './secrets.ts';
import { settingsOf } from './settings-of.ts';
import { SigningKey } from './signing-key.ts';
import { stageDefaults } from './stage-defaults.ts';
import { Tables } from './tables.ts';
import { UserDirectory } from './user-directory.ts';

/** Everything that `cdk deploy` makes. It wires; what is decided stands in the constructs and in the props. */
export class GatehouseStack extends Stack {
  /** @throws Error naming every prop that is wrong, its value and what is allowed */
  constructor(scope: Construct, id: string, props: GatehouseProps) {
    const settings = settingsOf(props);
    const stage = stageDefaults(settings.stage);
    super(scope, id, {
      description: 'Gatehouse: OAuth 2.1 authorization in front of MCP servers',
      terminationProtection: stage.deletionProtection,
      analyticsReporting: false,
      ...props,
    });
    const logRole = props.apiGatewayLogRole === false ? undefined : apiGatewayLogRole(this);
    const authorizationServer = new RestApi(this, 'AuthorizationServer', {
      description: 'Gatehouse: authorization server',
      requestsPerSecond: 100,
      burst: 200,
      stage,
      logRole,
    });
    const apis = new Map(
      props.servers.map((server) => [
        server.id,
        new RestApi(this, `Server${pascalCase(server.id)}`, {
          description: `Gatehouse: MCP server ${server.id}`,
          requestsPerSecond: 500,
          burst: 1000,
          stage,
          logRole,
        }),
      ]),
    );
    const addresses = addressesOf(this, props, authorizationServer, apis);
    const directory = props.identity
      ? undefined
      : new UserDirectory(this, 'UserDirectory', {
          issuer: addresses.issuer,
          selfSignUp: props.selfSignUp ?? false,
          stage,
        });
    const entryOf = (server: { readonly entry?: string }): string => server.entry ?? sampleEntry;
    const ownEntries = props.servers.filter((server) => !server.function).map(entryOf);
    const functions = new Functions(this, 'Functions', {
      code: functionCode([...Object.values(entries), ...new Set(ownEntries)], settings),
      tables: new Tables(this, 'Tables', stage),
      stage,
      addresses,
      identity: (props.identity ?? directory?.identity)!,
      pepperArn: pepperSecret(this, 'Pepper', stage).secretArn,
    });
    new SigningKey(this, 'SigningKey', {
      algorithm: props.signingAlgorithm ?? 'RS256',
      token: functions.token,
      keyRotation: functions.keyRotation,
      stage,
    });
    addRoutes(authorizationServer.api, {
      discovery: functions.discovery.handler,
      registration: functions.registration.handler,
      interaction: functions.interaction.handler,
      token: functions.token.handler,
    });
    const handlers = props.servers.map((server, index) => {
      const handler = server.function ?? functions.server(server.id, entryOf(server)).handler;
      protectServer(apis.get(server.id)!.api, {
        server: settings.servers[index]!,
        issuer: addresses.issuer,
        guard: functions.guard.handler,
        handler,
      });
      return [`Server${pascalCase(server.id)}`, handler] as const;
    });
    new Monitoring(this, 'Monitoring', {
      functions: {
        Discovery: functions.discovery.handler,
        Registration: functions.registration.handler,
        Interaction: functions.interaction.handler,
        Token: functions.token.handler,
        Guard: functions.guard.handler,
        ...Object.fromEntries(handlers),
      },
      apis: {
        AuthorizationServerApi: authorizationServer.api,
        ...Object.fromEntries([...apis].map(([server, { api }]) => [`Server${pascalCase(server)}Api`, api])),
      },
      alarmTopicArn: props.alarmTopicArn,
    });
    addOutputs(this, addresses, props.servers, directory?.userPool);
  }
}
