import type { AwsSpec } from './aws/aws-spec.ts';
import { identityOfFunctions } from './identity-of-functions.ts';
import type { Stack } from './template/stack.ts';

/**
 * What the template asks of DynamoDB, KMS and Secrets Manager.
 * @param operatorKeyId access key id of whoever may read this state folder: allowed everything, as an administrator is
 */
export function awsSpecOf(stack: Stack, stateDir: string, operatorKeyId: string, log: (line: string) => void): AwsSpec {
  const properties = (logicalId: string): Record<string, unknown> => ({ ...stack.properties(logicalId) });
  const tables = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'].flatMap((type) => stack.resourcesOf(type));
  return {
    stateDir,
    tables: tables.map(({ logicalId }) => ({ name: stack.ref(logicalId), properties: properties(logicalId) })),
    keys: stack
      .resourcesOf('AWS::KMS::Key')
      .map(({ logicalId }) => ({ arn: stack.attribute(logicalId, 'Arn'), properties: properties(logicalId) })),
    secrets: stack
      .resourcesOf('AWS::SecretsManager::Secret')
      .map(({ logicalId }) => ({ arn: stack.ref(logicalId), properties: properties(logicalId) })),
    principals: [
      ...identityOfFunctions(stack),
      {
        accessKeyId: operatorKeyId,
        functionName: 'operator',
        statements: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
      },
    ],
    log,
  };
}
