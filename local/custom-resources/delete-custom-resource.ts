import type { LocalLambda } from '../lambda/local-lambda.ts';
import type { Stack } from '../template/stack.ts';
import { askFunction } from './ask-function.ts';
import type { Created } from './created.ts';
import { eventBase } from './created.ts';

/**
 * Deletes a custom resource that left the template, or what stood for it before it was replaced.
 * @throws Error with the reason that the function gave
 */
export async function deleteCustomResource(
  stack: Stack,
  lambda: LocalLambda,
  logicalId: string,
  created: Created,
): Promise<void> {
  const functionArn = String(created.properties.ServiceToken);
  const functions = stack
    .resourcesOf('AWS::Lambda::Function')
    .map(({ logicalId: name }) => stack.attribute(name, 'Arn'));
  // Its function left with it: nobody is there to be told.
  if (!functions.includes(functionArn)) return;
  const event = { RequestType: 'Delete', ...eventBase(stack, logicalId, created) };
  const answer = await askFunction(lambda, functionArn, { ...event, PhysicalResourceId: created.physicalId });
  if (answer.Status === 'SUCCESS') return;
  throw new Error(`custom resource ${logicalId} was not deleted: ${answer.Reason ?? 'no reason'}`);
}
