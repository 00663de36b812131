import { chmodSync, mkdirSync } from 'node:fs';
import type { AwsSpec } from './aws-spec.ts';
import { createCallCounter } from './call-counter.ts';
import { startDynamoDb } from './dynamodb/start.ts';
import { openEndpoint } from './endpoint.ts';
import type { Caller } from './handle-call.ts';
import { createEventBridge } from './events/service.ts';
import { createRole } from './iam/role.ts';
import { createKms } from './kms/service.ts';
import { createSecretsManager } from './secrets/service.ts';
import type { Service } from './service.ts';

export type { AwsSpec } from './aws-spec.ts';

export interface LocalAws {
  /** `http://127.0.0.1:<port>`: for `AWS_ENDPOINT_URL_DYNAMODB`, `_KMS`, `_SECRETS_MANAGER` and `_EVENTBRIDGE`. */
  readonly endpoint: string;
  /** Deletes the items whose time to live has passed, as DynamoDB does. @returns how many */
  sweepExpired(): Promise<number>;
  stop(): Promise<void>;
}

const sweepInterval = 60_000;

/**
 * Starts DynamoDB, KMS, Secrets Manager and EventBridge behind one loopback endpoint that enforces the functions' IAM roles.
 * Environment: `GATEHOUSE_DYNAMODB` = `dynoxide` or `dynalite` forces an engine.
 * @throws Error `missing engine: …` if no DynamoDB engine is installed, or the state folder is in use
 */
export async function startAws(spec: AwsSpec): Promise<LocalAws> {
  mkdirSync(spec.stateDir, { recursive: true, mode: 0o700 });
  chmodSync(spec.stateDir, 0o700);
  const dynamoDb = await startDynamoDb(spec);
  try {
    const events = createEventBridge();
    const services = new Map<string, Service>([
      ['DynamoDB_20120810', dynamoDb.service],
      ['TrentService', createKms(spec)],
      ['secretsmanager', createSecretsManager(spec)],
      ['AWSEvents', events.service],
    ]);
    const log = (line: string): void => spec.log(line);
    const door = await openEndpoint({
      services,
      callers: callers(spec),
      counter: createCallCounter(),
      events: () => events.recorded(),
      log,
    });
    let sweep: Promise<unknown> | undefined;
    let isStopped = false;
    const failed = (error: unknown): void => {
      if (!isStopped) log(`dynamodb: sweep failed: ${String(error)}`);
    };
    // A sweep of a large store takes longer than the interval: the next one waits its turn.
    const sweeping = setInterval(() => {
      sweep ??= dynamoDb
        .sweepExpired()
        .catch(failed)
        .finally(() => (sweep = undefined));
    }, sweepInterval).unref();
    return {
      endpoint: door.endpoint,
      sweepExpired: () => dynamoDb.sweepExpired(),
      async stop() {
        isStopped = true;
        clearInterval(sweeping);
        await door.close();
        await dynamoDb.stop();
      },
    };
  } catch (error) {
    await dynamoDb.stop();
    throw error;
  }
}

function callers(spec: AwsSpec): Map<string, Caller> {
  return new Map(
    spec.principals.map(({ accessKeyId, functionName, statements }) => {
      const role = createRole(statements, (line) => spec.log(`iam: ${functionName}: ${line}`));
      return [accessKeyId, { functionName, role }];
    }),
  );
}
