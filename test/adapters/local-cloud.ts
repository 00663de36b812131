import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AwsSpec } from '../../local/aws/start.ts';
import { startAws } from '../../local/aws/start.ts';
import type { TableName } from '../../lambdas/contract/tables.ts';
import { tables } from '../../lambdas/contract/tables.ts';

export const region = 'eu-central-1';
export const keyArn = (id: string): string => `arn:aws:kms:${region}:123456789012:key/${id}`;
export const secretArn = (name: string): string =>
  `arn:aws:secretsmanager:${region}:123456789012:secret:${name}-AbC123`;

export interface LocalCloud {
  readonly endpoint: string;
  /** For every SDK client. */
  readonly config: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  remove(): Promise<void>;
}

/** DynamoDB, KMS and Secrets Manager on one endpoint, in a folder of their own, for one principal. */
export async function localCloud(
  spec: Partial<Pick<AwsSpec, 'keys' | 'secrets'>> & { table?: TableName; statements?: readonly unknown[] },
): Promise<LocalCloud> {
  const { table, keys = [], secrets = [], statements = [{ Effect: 'Allow', Action: '*', Resource: '*' }] } = spec;
  const stateDir = await mkdtemp(join(tmpdir(), 'adapters-'));
  const aws = await startAws({
    stateDir,
    tables: table ? [{ name: table, properties: propertiesOf(table) }] : [],
    keys,
    secrets,
    principals: [{ accessKeyId: 'AKIATEST', functionName: 'test', statements }],
    log: () => undefined,
  });
  const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' };
  return {
    endpoint: aws.endpoint,
    config: { endpoint: aws.endpoint, region, credentials },
    async remove() {
      await aws.stop();
      await rm(stateDir, { recursive: true });
    },
  };
}

function propertiesOf(table: TableName): Record<string, unknown> {
  const { partitionKey, sortKey } = tables[table] as { partitionKey: string; sortKey?: string };
  const names = [partitionKey, ...(sortKey ? [sortKey] : [])];
  return {
    KeySchema: names.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
    AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    BillingMode: 'PAY_PER_REQUEST',
  };
}
