import { documentClient } from './adapters/dynamodb/document-client.ts';
import { recordSigningKey } from './adapters/dynamodb/signing-keys.ts';
import { publicSigningKey } from './adapters/kms-public-key.ts';
import { signingKeyResource } from './adapters/signing-key-resource.ts';
import { systemClock } from './adapters/system.ts';
import { createLogger } from './adapters/telemetry.ts';
import { parseEnv } from './contract/env.ts';

const { table } = parseEnv('key-rotation', process.env);
const db = documentClient();

export const handler = signingKeyResource({
  read: (keyArn, algorithm) => publicSigningKey(keyArn, algorithm, systemClock.now()),
  record: (key, again) => recordSigningKey(db, table.SigningKeys, key, again),
  log: createLogger('key-rotation'),
});
