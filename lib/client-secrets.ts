import { ArnFormat, Stack } from 'aws-cdk-lib';
import { acknowledge } from './acknowledge.ts';
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
  acknowledge(administration.role, {
    [`AwsSolutions-IAM5[Resource::${named(stack.resolve(arn) as ResolvedArn)}]`]:
      'Secrets that are made at run time, by their prefix.',
  });
}

type ResolvedArn = string | { readonly 'Fn::Join': readonly [string, readonly (string | { Ref: string })[]] };

/** An ARN as cdk-nag writes it: `<AWS::Region>` for what only a deployment knows. */
function named(
  arn: string | { readonly 'Fn::Join': readonly [string, readonly (string | { Ref: string })[]] },
): string {
  if (typeof arn === 'string') return arn;
  const [separator, parts] = arn['Fn::Join'];
  return parts.map((part) => (typeof part === 'string' ? part : `<${part.Ref}>`)).join(separator);
}
