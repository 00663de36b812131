import type { Stack } from '../template/stack.ts';
import { accessKeyOf } from './access-key.ts';

/** A Lambda function, ready to be run here. */
export interface FunctionSpec {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** Folder of the bundle. */
  readonly folder: string;
  readonly handler: string;
  /** Seconds. */
  readonly timeout: number;
  /** The whole environment of its processes. */
  readonly environment: Readonly<Record<string, string>>;
}

interface FunctionProperties {
  readonly Code?: { readonly S3Key?: string };
  readonly Handler?: string;
  readonly Runtime?: string;
  readonly Timeout?: number;
  readonly MemorySize?: number;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
}

/**
 * Reads a function of the template.
 * @param assetPath folder of a bundle by its object key
 * @throws Error where this runner cannot run it, naming the function
 */
export function readFunction(
  stack: Stack,
  logicalId: string,
  assetPath: (objectKey: string) => string | undefined,
  awsEndpoint: string,
): FunctionSpec {
  const properties = stack.properties(logicalId) as FunctionProperties;
  const folder = assetPath(properties.Code?.S3Key ?? '');
  if (!folder) throw new Error(`function ${logicalId}: its code is not a file asset of the assembly`);
  if (!properties.Runtime?.startsWith('nodejs')) {
    throw new Error(`function ${logicalId}: runtime ${properties.Runtime ?? 'unknown'} is not supported (Node.js is)`);
  }
  const name = stack.ref(logicalId);
  const handler = properties.Handler ?? 'index.handler';
  const memory = String(properties.MemorySize ?? 128);
  return {
    logicalId,
    name,
    arn: stack.attribute(logicalId, 'Arn'),
    folder,
    handler,
    timeout: properties.Timeout ?? 3,
    environment: {
      ...machineEnvironment(),
      ...properties.Environment?.Variables,
      ...runtimeEnvironment(stack.region, name, handler, memory, folder),
      LOCAL_FUNCTION_ARN: stack.attribute(logicalId, 'Arn'),
      AWS_ACCESS_KEY_ID: accessKeyOf(logicalId),
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL: awsEndpoint,
      AWS_ENDPOINT_URL_DYNAMODB: awsEndpoint,
      AWS_ENDPOINT_URL_KMS: awsEndpoint,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: awsEndpoint,
      AWS_ENDPOINT_URL_EVENTBRIDGE: awsEndpoint,
    },
  };
}

function runtimeEnvironment(
  region: string,
  name: string,
  handler: string,
  memory: string,
  folder: string,
): Record<string, string> {
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${process.versions.node.split('.')[0] ?? ''}.x`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: memory,
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    LAMBDA_TASK_ROOT: folder,
    TZ: ':UTC',
    _HANDLER: handler,
  };
}

/** What a process needs of this machine; nothing else of the runner's environment reaches a function. */
function machineEnvironment(): Record<string, string> {
  const names = ['PATH', 'TMPDIR', 'TEMP', 'SystemRoot', 'NODE_EXTRA_CA_CERTS'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
