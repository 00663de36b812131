import { ArnFormat, Stack } from 'aws-cdk-lib';
import { acknowledgePattern } from './acknowledge.ts';
import type { RuntimeFunction } from './runtime-function.ts';

const actions = [
  'CreateSecret',
  'PutSecretValue',
  'DescribeSecret',
  'UpdateSecretVersionStage',
  'PutResourcePolicy',
  'DeleteResourcePolicy',
  'DeleteSecret',
];

/**
 * Lets administration make, change and delete the secrets of clients, and read none. It makes them at run time, so the
 * right is for every name that begins with the prefix.
 */
export function keepClientSecrets(administration: RuntimeFunction<'admin'>, prefix: string): void {
  const stack = Stack.of(administration);
  const resourceName = `${prefix}*`;
  const service = 'secretsmanager';
  const arn = stack.formatArn({ service, resource: 'secret', arnFormat: ArnFormat.COLON_RESOURCE_NAME, resourceName });
  administration.allow(
    actions.map((action) => `${service}:${action}`),
    arn,
  );
  acknowledgePattern(administration.role, arn, 'Secrets that are made at run time, by their prefix.');
}
