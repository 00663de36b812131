import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { claudeCodeKeyLine, claudeCodeLine } from '../lambdas/contract/paste-lines.ts';
import type { Addresses } from './addresses.ts';
import type { ServerProps } from './server-props.ts';
import { pascalCase } from './pascal-case.ts';

/** What to paste where, after a deployment. @param userPool absent where people sign in elsewhere */
export function addOutputs(
  scope: Construct,
  addresses: Addresses,
  servers: readonly ServerProps[],
  userPool: IUserPool | undefined,
): void {
  const output = (id: string, value: string, description: string): void => {
    new CfnOutput(scope, id, { value, description });
  };
  output('Issuer', addresses.issuer, 'Issuer of the authorization server');
  for (const { id, name, apiKeys } of servers) {
    const url = addresses.servers[id] ?? '';
    const suffix = pascalCase(id);
    const [clients, lineOf] =
      apiKeys === 'only'
        ? (['any MCP client that sends an API key', claudeCodeKeyLine] as const)
        : (['Claude, ChatGPT, Cursor, VS Code or any MCP client', claudeCodeLine] as const);
    output(`McpUrl${suffix}`, url, `${name}: paste this URL into ${clients}`);
    output(`PasteClaudeCode${suffix}`, lineOf({ id, url }), `${name}: in a terminal`);
  }
  if (addresses.domainTarget !== undefined) {
    output('DomainTarget', addresses.domainTarget, 'Point the DNS record of your domain here');
  }
  if (userPool) addUserOutputs(output, userPool, Stack.of(scope).region);
  else output('CallbackUrl', `${addresses.issuer}/callback`, 'Register this redirect URI at your identity provider');
}

function addUserOutputs(
  output: (id: string, value: string, description: string) => void,
  { userPoolId }: IUserPool,
  region: string,
): void {
  output(
    'CognitoConsole',
    `https://${region}.console.aws.amazon.com/cognito/v2/idp/user-pools/${userPoolId}/user-management/users?region=${region}`,
    'People who may sign in',
  );
  output(
    'AddUser',
    `aws cognito-idp admin-create-user --region ${region} --user-pool-id ${userPoolId} --username YOU@EXAMPLE.COM ` +
      '--user-attributes Name=email,Value=YOU@EXAMPLE.COM Name=email_verified,Value=true',
    'Adds a person, who gets a first password by e-mail',
  );
}
