import type { Assembly } from '../template/assembly.ts';
import type { Stack } from '../template/stack.ts';
import { readFunction } from './function-spec.ts';
import type { LogEvent } from './instance.ts';
import type { LocalLambda } from './local-lambda.ts';
import { createLambda } from './local-lambda.ts';

/** Lambda with the functions of a stack. Nothing runs before its first call. */
export function startLambda(
  assembly: Assembly,
  stack: Stack,
  awsEndpoint: string,
  log: (event: LogEvent) => void,
): LocalLambda {
  const functions = stack.resourcesOf('AWS::Lambda::Function');
  const byArn = new Map(functions.map(({ logicalId }) => [stack.attribute(logicalId, 'Arn'), logicalId]));
  return createLambda((arn) => {
    const logicalId = byArn.get(arn);
    return logicalId === undefined ? undefined : readFunction(stack, logicalId, assembly.assetPath, awsEndpoint);
  }, log);
}
