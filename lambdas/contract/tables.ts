/**
 * The DynamoDB tables and which function may do what to each. The CDK makes tables, environment and IAM grants of
 * this; the local cloud refuses what it does not list. Storage layout by attribute: docs/storage.md.
 */

export interface Table {
  readonly partitionKey: string;
  readonly sortKey?: string;
  /** The attribute with the epoch second after which DynamoDB may delete the item. Reads filter on it themselves. */
  readonly timeToLive?: string;
}

export const tables = {
  /** One item for each KMS signing key. `set` is the constant `signing-keys`, so that all are one Query. */
  SigningKeys: { partitionKey: 'set', sortKey: 'kid' },
  Clients: { partitionKey: 'clientId', timeToLive: 'expiresAt' },
  Consents: { partitionKey: 'sub', sortKey: 'clientAndResource' },
  Grants: { partitionKey: 'gid', timeToLive: 'expiresAt' },
  /** Login transactions (`transaction#…`), pushed requests (`pushed#…`) and browser sessions (`session#…`). */
  Interactions: { partitionKey: 'id', timeToLive: 'expiresAt' },
  /** What may be used once: ids of client assertions, ID-JAGs and DPoP proofs, as `<kind>#<digest>`. */
  Replay: { partitionKey: 'id', timeToLive: 'expiresAt' },
  /** Token buckets that were used more than now and then, as `<class>/<rps>/<burst>#<digest>`. */
  RateLimits: { partitionKey: 'id', timeToLive: 'expiresAt' },
  /** What happened, as `<dimension>#<value>` by time: one item for each of person, client, grant and trace id. */
  Audit: { partitionKey: 'about', sortKey: 'at', timeToLive: 'expiresAt' },
  /** The sample MCP server's rows. */
  Todos: { partitionKey: 'sub', sortKey: 'id' },
} as const satisfies Record<string, Table>;

export type TableName = keyof typeof tables;

/** Every Lambda function of the stack. */
export type FunctionName =
  | 'discovery'
  | 'registration'
  | 'interaction'
  | 'token'
  | 'guard'
  | 'mcp'
  | 'key-rotation'
  | 'client-registrar'
  | 'audit';

export type TableAction =
  'dynamodb:GetItem' | 'dynamodb:PutItem' | 'dynamodb:UpdateItem' | 'dynamodb:DeleteItem' | 'dynamodb:Query';

/** Least privilege, table by table. A function's environment holds the names of exactly these tables. */
export const tableAccess = {
  discovery: { SigningKeys: ['dynamodb:Query'] },
  registration: {
    Clients: ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
    RateLimits: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
  },
  interaction: {
    Clients: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    Consents: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
    Grants: ['dynamodb:PutItem', 'dynamodb:GetItem'],
    Interactions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
    RateLimits: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
  },
  token: {
    SigningKeys: ['dynamodb:Query'],
    Clients: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    Grants: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    Replay: ['dynamodb:UpdateItem'],
    // Pushed requests are left here, and device authorizations are asked about.
    Interactions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    RateLimits: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
  },
  guard: { SigningKeys: ['dynamodb:Query'], Grants: ['dynamodb:GetItem'] },
  mcp: {
    Todos: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:Query'],
    RateLimits: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
  },
  'key-rotation': { SigningKeys: ['dynamodb:PutItem'] },
  'client-registrar': { Clients: ['dynamodb:PutItem', 'dynamodb:DeleteItem'] },
  audit: { Audit: ['dynamodb:PutItem'] },
} as const satisfies Record<FunctionName, Partial<Record<TableName, readonly TableAction[]>>>;

/** The environment variable that carries a table's name: `Grants` → `TABLE_GRANTS`. */
export function tableVariable(table: TableName): `TABLE_${string}` {
  return `TABLE_${table.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()}`;
}
