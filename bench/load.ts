import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BatchWriteItemCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';

type Item = Readonly<Record<string, unknown>>;
/** Makes the item number `n` of a table. */
type Maker = (n: number) => Item;

const now = Math.floor(Date.now() / 1000);
const day = 86_400;
const shelf = 'all';

const person = (n: number): string => `person-${n % 20_000}`;
const client = (n: number): string => `dcr_bench${n}`;

/** Items as the adapters write them, a few seconds apart, so that indexes have something to sort. */
function makers(resource: string): Readonly<Record<string, Maker>> {
  return {
    Clients: (n) => ({
      clientId: client(n),
      kind: 'dynamic',
      clientName: `Bench client ${n}`,
      redirectUris: ['http://127.0.0.1/callback'],
      tokenEndpointAuthMethod: 'none',
      grantTypes: ['authorization_code', 'refresh_token'],
      responseTypes: ['code'],
      registeredAt: now - n * 10,
      expiresAt: now + 90 * day,
      shelf,
    }),
    Grants: (n) => ({
      gid: `bench${String(n).padStart(17, '0')}`,
      state: 'active',
      clientId: client(n),
      sub: person(n),
      email: `${person(n)}@example.test`,
      resources: [resource],
      scopes: ['todo:read', 'todo:write'],
      refreshable: true,
      saltDigest: digest(`salt ${n}`),
      generation: 1,
      rotatedAt: now - n,
      authTime: now - n,
      createdAt: now - n,
      liveSince: now - n,
      expiresAt: now + 30 * day,
      absoluteExpiresAt: now + 90 * day,
      shelf,
    }),
    Consents: (n) => ({
      sub: person(n),
      clientAndResource: `${client(n)}#${resource}`,
      clientId: client(n),
      resource,
      scopes: new Set(['todo:read', 'todo:write']),
      redirectUris: new Set(['http://127.0.0.1/callback']),
      updatedAt: now - n,
      shelf,
    }),
    ApiKeys: (n) => ({
      keyId: `bench${String(n).padStart(11, '0')}`,
      name: `Bench key ${n}`,
      owner: person(n),
      sub: person(n),
      digest: digest(`key ${n}`),
      servers: ['todo'],
      permissions: ['read'],
      paths: [],
      createdAt: now - n * 5,
      shelf,
    }),
  };
}

/**
 * Writes `count` items into each of the tables Clients, Grants, Consents and ApiKeys of a running Gatehouse, past its
 * functions, as its operator.
 * @param statePath state folder of the runner
 * @param resource URL of an MCP server
 */
export async function load(statePath: string, resource: string, count: number): Promise<void> {
  const { awsEndpoint: endpoint, operatorKeyId } = JSON.parse(readFileSync(join(statePath, 'runner.json'), 'utf8')) as {
    readonly awsEndpoint: string;
    readonly operatorKeyId: string;
  };
  const credentials = { accessKeyId: operatorKeyId, secretAccessKey: 'local' };
  const db = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
  const { TableNames = [] } = await db.send(new ListTablesCommand({}));
  for (const [name, make] of Object.entries(makers(resource))) {
    const table = TableNames.find((candidate) => candidate.includes(`Tables${name}`));
    if (table === undefined) throw new Error(`there is no table ${name}`);
    await fill(db, table, make, count);
  }
}

async function fill(db: DynamoDBClient, table: string, make: Maker, count: number): Promise<void> {
  const batches = Math.ceil(count / 25);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let batch = next++; batch < batches; batch = next++) {
      const first = batch * 25;
      const numbers = Array.from({ length: Math.min(25, count - first) }, (_, index) => first + index);
      const puts = numbers.map((n) => ({ PutRequest: { Item: marshall({ ...make(n), writeId: mark() }) } }));
      const { UnprocessedItems = {} } = await db.send(new BatchWriteItemCommand({ RequestItems: { [table]: puts } }));
      if (Object.keys(UnprocessedItems).length > 0) throw new Error(`${table} took not everything`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function mark(): string {
  return randomBytes(12).toString('base64url');
}
