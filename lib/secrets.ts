import type { SecretValue } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { StageDefaults } from './stage-defaults.ts';

/** What authenticates codes and refresh tokens: 64 random letters and digits, 381 bits. */
export function pepperSecret(scope: Construct, id: string, stage: StageDefaults): Secret {
  const secret = new Secret(scope, id, {
    description: 'Gatehouse: authenticates authorization codes and refresh tokens',
    generateSecretString: { passwordLength: 64, excludePunctuation: true },
    removalPolicy: stage.removalPolicy,
  });
  acknowledge(secret, { 'AwsSolutions-SMG4': 'A new pepper ends every grant, so it is changed by hand, if ever.' });
  return secret;
}

/** The client secret that the user pool made, where a function can read it by IAM. */
export function clientSecret(scope: Construct, id: string, value: SecretValue, stage: StageDefaults): Secret {
  const secret = new Secret(scope, id, {
    description: 'Gatehouse: client secret at the Cognito user pool',
    secretStringValue: value,
    removalPolicy: stage.removalPolicy,
  });
  acknowledge(secret, { 'AwsSolutions-SMG4': 'Cognito cannot rotate the secret of an app client.' });
  return secret;
}
