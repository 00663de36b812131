import type { AwsSpec } from './aws/aws-spec.ts';
import { accessKeyOf } from './lambda/access-key.ts';
import type { Properties, Stack } from './template/stack.ts';

interface PolicyDocument {
  readonly Statement?: unknown;
}

/** Who may call the local AWS endpoint: each function of the stack with the statements of its role. */
export function identityOfFunctions(stack: Stack): AwsSpec['principals'] {
  const policies = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) =>
    stack.resourcesOf(type).map(({ logicalId }) => stack.properties(logicalId)),
  );
  const statements = new Map(
    stack.resourcesOf('AWS::IAM::Role').map(({ logicalId }) => {
      const role = stack.properties(logicalId);
      const attached = policies.filter((policy) => ((policy.Roles ?? []) as string[]).includes(stack.ref(logicalId)));
      const inline = (role.Policies ?? []) as Properties[];
      const documents = [...inline, ...attached].map((policy) => policy.PolicyDocument as PolicyDocument);
      return [stack.attribute(logicalId, 'Arn'), documents.flatMap((document) => document.Statement ?? [])];
    }),
  );
  return stack.resourcesOf('AWS::Lambda::Function').map(({ logicalId }) => ({
    accessKeyId: accessKeyOf(logicalId),
    functionName: stack.ref(logicalId),
    statements: statements.get(stack.property(logicalId, 'Role')) ?? [],
  }));
}
