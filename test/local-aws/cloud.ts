import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { AwsSpec, LocalAws } from '../../local/aws/start.ts';
import { startAws } from '../../local/aws/start.ts';

const region = 'eu-central-1';
export const keyArn = (id: string): string => `arn:aws:kms:${region}:123456789012:key/${id}`;
export const secretArn = (name: string): string =>
  `arn:aws:secretsmanager:${region}:123456789012:secret:${name}-AbC123`;
export const tableArn = (name: string): string => `arn:aws:dynamodb:${region}:123456789012:table/${name}`;

/** A table with a string key, an index and a time to live, as the template describes one. */
export const grantsTable = {
  name: 'Grants',
  properties: {
    KeySchema: [{ AttributeName: 'gid', KeyType: 'HASH' }],
    AttributeDefinitions: [
      { AttributeName: 'gid', AttributeType: 'S' },
      { AttributeName: 'sub', AttributeType: 'S' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-sub',
        KeySchema: [{ AttributeName: 'sub', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
    BillingMode: 'PAY_PER_REQUEST',
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
  },
};

export interface Cloud extends LocalAws {
  readonly stateDir: string;
  readonly lines: readonly string[];
  /** Clients of one principal. */
  as(functionName: string): Clients;
}

export interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly kms: KMSClient;
  readonly secrets: SecretsManagerClient;
}

/** Real SDK clients of the endpoint; `functionName` is also the access key id. */
export function clientsOf(endpoint: string, functionName: string): Clients {
  const credentials = { accessKeyId: functionName, secretAccessKey: 'secret' };
  const config = { endpoint, region, credentials, maxAttempts: 1 };
  return {
    dynamodb: new DynamoDBClient(config),
    kms: new KMSClient(config),
    secrets: new SecretsManagerClient(config),
  };
}

/** Starts the local AWS with a role for each name; `admin` may do everything. */
export async function startCloud(
  roles: Record<string, unknown[]>,
  spec: Partial<AwsSpec> = {},
): Promise<Cloud & { remove(): Promise<void> }> {
  const stateDir = spec.stateDir ?? (await mkdtemp(join(tmpdir(), 'aws-')));
  const lines: string[] = [];
  const all = { admin: [{ Effect: 'Allow', Action: '*', Resource: '*' }], ...roles };
  const aws = await startAws({
    tables: [],
    keys: [],
    secrets: [],
    principals: Object.entries(all).map(([name, statements]) => ({
      accessKeyId: name,
      functionName: name,
      statements,
    })),
    log: (line) => lines.push(line),
    ...spec,
    stateDir,
  });
  return {
    ...aws,
    stateDir,
    lines,
    as: (functionName) => clientsOf(aws.endpoint, functionName),
    async remove() {
      await aws.stop();
      await rm(stateDir, { recursive: true });
    },
  };
}
