import { clientResource } from './adapters/client-resource.ts';
import { dynamoClientRegistry } from './adapters/dynamodb/client-registry.ts';
import { documentClient } from './adapters/dynamodb/document-client.ts';
import { secretValue } from './adapters/secrets.ts';
import { systemClock as clock } from './adapters/system.ts';
import { createLogger } from './adapters/telemetry.ts';
import { parseEnv } from './contract/env.ts';

const { table } = parseEnv('client-registrar', process.env);
const registry = dynamoClientRegistry(documentClient(), table.Clients);

export const handler = clientResource({
  registry,
  // Read anew each time: the instance may outlive a change of the secret.
  secret: (arn) => secretValue(arn)(),
  clock,
  log: createLogger('client-registrar'),
});
