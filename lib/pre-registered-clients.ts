import { createHash } from 'node:crypto';
import { CfnOutput, CustomResource, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { ClientProps } from './client-props.ts';
import type { RuntimeFunction } from './runtime-function.ts';
import type { StageDefaults } from './stage-defaults.ts';

export interface PreRegisteredClientsProps {
  readonly clients: readonly ClientProps[];
  /** Writes each into the table of clients. */
  readonly registrar: RuntimeFunction<'client-registrar'>;
  readonly stage: StageDefaults;
}

/** The clients that an administrator registers: each a resource of the stack, written and removed with it. */
export class PreRegisteredClients extends Construct {
  readonly #props: PreRegisteredClientsProps;

  constructor(scope: Construct, id: string, props: PreRegisteredClientsProps) {
    super(scope, id);
    this.#props = props;
    for (const client of props.clients) this.#register(client);
  }

  #register(client: ClientProps): void {
    const { registrar } = this.#props;
    const secretArn = this.#secretOf(client);
    if (secretArn !== undefined) registrar.allow(['secretsmanager:GetSecretValue'], secretArn);
    new CustomResource(this, nameOf(client), {
      resourceType: 'Custom::Client',
      serviceToken: registrar.handler.functionArn,
      // As text: CloudFormation would turn every number and boolean of a key into one.
      properties: { metadata: Stack.of(this).toJsonString(metadataOf(client)), ...(secretArn && { secretArn }) },
    });
  }

  #secretOf(client: ClientProps): string | undefined {
    const { clientId, clientSecretArn } = client;
    if (methodOf(client) !== 'client_secret_basic' || clientSecretArn !== undefined) return clientSecretArn;
    const secret = new Secret(this, `${nameOf(client)}Secret`, {
      description: `Gatehouse: secret of the client ${clientId}`,
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
      removalPolicy: this.#props.stage.removalPolicy,
    });
    acknowledge(secret, {
      'AwsSolutions-SMG4': 'The client must change it at the same time, so it is changed by hand.',
    });
    new CfnOutput(Stack.of(this), `ClientSecret${nameOf(client)}`, {
      value: secret.secretArn,
      description: `ARN of the secret of the client ${clientId}`,
    });
    return secret.secretArn;
  }
}

function methodOf(client: ClientProps): string {
  if (client.public) return 'none';
  return (client.jwks ?? client.jwksUri) ? 'private_key_jwt' : 'client_secret_basic';
}

/** In the words of RFC 7591, which the function reads like any registration. */
function metadataOf(client: ClientProps): Record<string, unknown> {
  const { clientId, clientName, redirectUris, scopes = [], jwks, jwksUri } = client;
  const usual = redirectUris.length > 0 ? ['authorization_code', 'refresh_token'] : ['client_credentials'];
  return {
    client_id: clientId,
    client_name: clientName,
    redirect_uris: redirectUris,
    grant_types: client.grantTypes ?? usual,
    token_endpoint_auth_method: methodOf(client),
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
    ...(jwks && { jwks }),
    ...(jwksUri !== undefined && { jwks_uri: jwksUri }),
  };
}

/** Its place in the list may change; its id may hold what a name in CloudFormation must not. */
function nameOf({ clientId }: ClientProps): string {
  const letters = clientId.replace(/[^A-Za-z0-9]/g, '');
  return letters === clientId
    ? clientId
    : `${letters}${createHash('sha256').update(clientId).digest('hex').slice(0, 8)}`;
}
