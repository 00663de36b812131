/** What a new key shall be, as a person enters it: the fields of contract/admin/key-operations.ts. */
export interface KeyInput {
  readonly name: string;
  /** Ids of servers. */
  readonly servers: readonly string[];
  readonly permissions: readonly string[];
  /** @default [] not narrowed */
  readonly paths?: readonly string[] | undefined;
  /** `7d`, `30d`, `90d`, `1y`, `never`, or an ISO 8601 time. */
  readonly expires: string;
}

/** The input of an operation that makes a key, as the table's fields were read; what is missing is judged as empty. */
export function keyInputOf(input: Readonly<Record<string, unknown>>): KeyInput {
  const text = (name: string) => (typeof input[name] === 'string' ? input[name] : '');
  const list = (name: string) => (Array.isArray(input[name]) ? (input[name] as readonly string[]) : []);
  return {
    name: text('name'),
    servers: list('servers'),
    permissions: list('permissions'),
    paths: list('paths'),
    expires: text('expires'),
  };
}
