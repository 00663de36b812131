/**
 * The DynamoDB tables and which function may do what to each. The CDK makes tables, environment and IAM grants of
 * this; the local cloud refuses what it does not list. Storage layout by attribute: docs/storage.md.
 */

/** Another order of a table's items, of which it holds the keys only. An item without both attributes is not in it. */
export interface TableIndex {
  readonly partitionKey: string;
  readonly sortKey: string;
  /** @default 'number' */
  readonly sortType?: 'number' | 'string';
}

export interface Table {
  readonly partitionKey: string;
  readonly sortKey?: string;
  /** Read by `dynamodb:Query` with eventual consistency, for lists only: nothing is decided by an index. */
  readonly indexes?: Readonly<Record<string, TableIndex>>;
  /** The attribute with the epoch second after which DynamoDB may delete the item. Reads filter on it themselves. */
  readonly timeToLive?: string;
}

export const tables = {
  /** One item for each KMS signing key. `set` is the constant `signing-keys`, so that all are one Query. */
  SigningKeys: { partitionKey: 'set', sortKey: 'kid' },
  Clients: {
    partitionKey: 'clientId',
    timeToLive: 'expiresAt',
    // `shelf` is a constant: one shelf takes a thousand new items a second, far more than people register or sign in.
    indexes: { byAge: { partitionKey: 'shelf', sortKey: 'registeredAt' } },
  },
  Consents: {
    partitionKey: 'sub',
    sortKey: 'clientAndResource',
    indexes: {
      byAge: { partitionKey: 'shelf', sortKey: 'updatedAt' },
      byClient: { partitionKey: 'clientId', sortKey: 'updatedAt' },
    },
  },
  /** `liveSince` is there from activation to revocation, so the indexes hold sessions and nothing else. */
  Grants: {
    partitionKey: 'gid',
    timeToLive: 'expiresAt',
    indexes: {
      byAge: { partitionKey: 'shelf', sortKey: 'liveSince' },
      byPerson: { partitionKey: 'sub', sortKey: 'liveSince' },
      byClient: { partitionKey: 'clientId', sortKey: 'liveSince' },
    },
  },
  /** Keys stay in the history when they are revoked or expired. */
  ApiKeys: {
    partitionKey: 'keyId',
    indexes: {
      byAge: { partitionKey: 'shelf', sortKey: 'createdAt' },
      byOwner: { partitionKey: 'owner', sortKey: 'createdAt' },
    },
  },
  /** Who lost everything that was given up to a second, as `<kind>#<digest>`, for ever (docs/decisions/0021). */
  Revocations: { partitionKey: 'id' },
  /** Names that two of a kind must not share, as `<kind>#<digest>`: who holds each. */
  Names: { partitionKey: 'id' },
  /** Counters for charts: `name` within `series`, such as `14#token` within `hours#2026-11-21`. */
  Usage: {
    partitionKey: 'series',
    sortKey: 'name',
    timeToLive: 'expiresAt',
    indexes: { byCount: { partitionKey: 'series', sortKey: 'count' } },
  },
  /** Login transactions (`transaction#…`), pushed requests (`pushed#…`) and browser sessions (`session#…`). */
  Interactions: { partitionKey: 'id', timeToLive: 'expiresAt' },
  /** What may be used once: ids of client assertions, ID-JAGs and DPoP proofs, as `<kind>#<digest>`. */
  Replay: { partitionKey: 'id', timeToLive: 'expiresAt' },
  /** Token buckets that were used more than now and then, as `<class>/<rps>/<burst>#<digest>`. */
  RateLimits: { partitionKey: 'id', timeToLive: 'expiresAt' },
  /** What happened, as `<dimension>#<value>` by time: one item for each of person, client, grant, trace id and day. */
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
  | 'account'
  | 'admin'
  | 'key-rotation'
  | 'client-registrar'
  | 'audit';

export type TableAction =
  | 'dynamodb:GetItem'
  | 'dynamodb:BatchGetItem'
  | 'dynamodb:PutItem'
  | 'dynamodb:UpdateItem'
  | 'dynamodb:DeleteItem'
  | 'dynamodb:Query';

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
    Revocations: ['dynamodb:BatchGetItem'],
    RateLimits: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
  },
  token: {
    SigningKeys: ['dynamodb:Query'],
    Clients: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    Grants: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    Revocations: ['dynamodb:BatchGetItem'],
    Replay: ['dynamodb:UpdateItem'],
    // Pushed requests are left here, and device authorizations are asked about.
    Interactions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    RateLimits: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
  },
  guard: {
    SigningKeys: ['dynamodb:Query'],
    // A grant, and all that may have ended it, are one read.
    Grants: ['dynamodb:BatchGetItem'],
    Revocations: ['dynamodb:BatchGetItem'],
    ApiKeys: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
  },
  mcp: {
    Todos: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:Query'],
    RateLimits: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
  },
  account: {
    Interactions: ['dynamodb:GetItem', 'dynamodb:DeleteItem'],
    Clients: ['dynamodb:BatchGetItem'],
    Consents: ['dynamodb:Query', 'dynamodb:DeleteItem'],
    Grants: ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:UpdateItem'],
    ApiKeys: ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    Revocations: ['dynamodb:BatchGetItem', 'dynamodb:UpdateItem'],
    Names: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'],
    RateLimits: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
  },
  admin: {
    Interactions: ['dynamodb:GetItem'],
    SigningKeys: ['dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    Clients: [
      'dynamodb:Query',
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
    ],
    Consents: ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:DeleteItem'],
    Grants: ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:UpdateItem'],
    ApiKeys: ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    Revocations: ['dynamodb:BatchGetItem', 'dynamodb:UpdateItem'],
    Names: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'],
    Usage: ['dynamodb:Query', 'dynamodb:BatchGetItem'],
    Audit: ['dynamodb:Query'],
    RateLimits: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
  },
  'key-rotation': { SigningKeys: ['dynamodb:PutItem'] },
  'client-registrar': { Clients: ['dynamodb:PutItem', 'dynamodb:DeleteItem'] },
  audit: {
    Audit: ['dynamodb:PutItem'],
    Usage: ['dynamodb:UpdateItem'],
    // When each was last used.
    Clients: ['dynamodb:UpdateItem'],
    Grants: ['dynamodb:UpdateItem'],
  },
} as const satisfies Record<FunctionName, Partial<Record<TableName, readonly TableAction[]>>>;

/** The environment variable that carries a table's name: `Grants` → `TABLE_GRANTS`. */
export function tableVariable(table: TableName): `TABLE_${string}` {
  return `TABLE_${table.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()}`;
}
