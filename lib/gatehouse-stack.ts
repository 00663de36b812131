import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Settings } from '../lambdas/contract/settings.ts';
import { addressesOf } from './addresses.ts';
import { makeApis } from './apis.ts';
import { AuditDelivery } from './audit-delivery.ts';
import { addRoutes } from './authorization-server.ts';
import { Functions } from './functions.ts';
import type { GatehouseProps } from './gatehouse-props.ts';
import { protectServer } from './mcp-server.ts';
import { Monitoring } from './monitoring.ts';
import { addOutputs } from './outputs.ts';
import { PreRegisteredClients } from './pre-registered-clients.ts';
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
    const apis = makeApis(this, props, stage);
    const addresses = addressesOf(this, props, apis);
    const { issuer } = addresses;
    const selfSignUp = props.selfSignUp ?? false;
    const directory = props.identity
      ? undefined
      : new UserDirectory(this, 'UserDirectory', { issuer, selfSignUp, stage, groups: groupsOf(settings) });
    const functions = new Functions(this, 'Functions', {
      settings,
      servers: props.servers,
      tables: new Tables(this, 'Tables', stage),
      stage,
      addresses,
      identity: (props.identity ?? directory?.identity)!,
      pepperArn: pepperSecret(this, 'Pepper', stage).secretArn,
      initialAccessTokenArn: props.initialAccessTokenSecretArn,
    });
    const { token, keyRotation, admin, guard, servers, answering, clientRegistrar: registrar } = functions;
    const algorithm = props.signingAlgorithm ?? 'RS256';
    new SigningKey(this, 'SigningKey', { algorithm, token, keyRotation, admin, stage });
    new PreRegisteredClients(this, 'Clients', { clients: props.clients ?? [], registrar, stage });
    new AuditDelivery(this, 'AuditDelivery', functions);
    addRoutes(apis.authorizationServer.api, functions);
    for (const server of settings.servers) {
      const handler = servers.get(server.id)!;
      protectServer(apis.servers.get(server.id)!.api, { server, issuer, guard: guard.handler, handler });
    }
    new Monitoring(this, 'Monitoring', { functions: answering, apis, alarmTopicArn: props.alarmTopicArn });
    addOutputs(this, addresses, props.servers, directory?.userPool);
  }
}

/** The groups of the user pool that give rights of administration. */
function groupsOf({ administrators }: Settings): readonly string[] {
  return [...(administrators?.groups ?? []), ...(administrators?.readerGroups ?? [])];
}
