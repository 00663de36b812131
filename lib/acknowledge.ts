import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Accepts findings of cdk-nag on a construct and all that is in it.
 * @param reasons rule id → why it does not apply here
 */
export function acknowledge(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  for (const [id, reason] of Object.entries(reasons)) Validations.of(construct).acknowledge({ id, reason });
}

/**
 * Accepts that a role names resources by a pattern.
 * @param resource ARN as the statement has it
 */
export function acknowledgePattern(construct: IConstruct, resource: string, reason: string): void {
  const arn = Stack.of(construct).resolve(resource) as ResolvedArn;
  acknowledge(construct, { [`AwsSolutions-IAM5[Resource::${named(arn)}]`]: reason });
}

type ResolvedArn = string | { readonly 'Fn::Join': readonly [string, readonly (string | { Ref: string })[]] };

/** An ARN as cdk-nag writes it: `<AWS::Region>` for what only a deployment knows. */
function named(arn: ResolvedArn): string {
  if (typeof arn === 'string') return arn;
  const [separator, parts] = arn['Fn::Join'];
  return parts.map((part) => (typeof part === 'string' ? part : `<${part.Ref}>`)).join(separator);
}
