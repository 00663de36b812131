import { App, Duration, Validations } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks } from 'cdk-nag';
import { GatehouseStack } from '../../lib/gatehouse-stack.ts';
import { todoServer } from './todo-server.ts';

/** Stacks of every kind under cdk-nag's AwsSolutions; synthesis fails on a finding that nobody acknowledged. */
const app = new App({ context: CURRENTLY_RECOMMENDED_FLAGS });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
const env = { account: '111122223333', region: 'eu-central-1' };
new GatehouseStack(app, 'Development', { env, stage: 'development', servers: [todoServer], edge: 'none' });
new GatehouseStack(app, 'Production', {
  env,
  stage: 'production',
  servers: [todoServer],
  signingAlgorithm: 'ES256',
  accessTokenLifetime: Duration.minutes(15),
  domain: {
    domainName: 'mcp.example.com',
    certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000',
  },
  alarmTopicArn: 'arn:aws:sns:eu-central-1:111122223333:alarms',
});
new GatehouseStack(app, 'OtherProvider', {
  env,
  servers: [todoServer],
  identity: {
    issuer: 'https://login.example.com',
    clientId: 'gatehouse',
    clientSecretArn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:login-AbCdEf',
  },
  apiGatewayLogRole: false,
  initialAccessTokenSecretArn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:initial-AbCdEf',
  clients: [
    { clientId: 'portal', clientName: 'Portal', redirectUris: ['https://portal.example.com/cb'] },
    { clientId: 'job', clientName: 'Job', redirectUris: [], scopes: ['todo:read'] },
  ],
});
app.synth();
