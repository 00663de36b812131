/**
 * The shape of the one table of admin operations (F-D5). From it come the HTTP API with its OpenAPI document, the
 * command line and the console, so that the three cannot drift. Pure data.
 */

export type ResourceId =
  'overview' | 'sessions' | 'clients' | 'consents' | 'keys' | 'people' | 'servers' | 'signing-keys' | 'audit';

/** One value that goes in: a form field, a flag of the command line, a member of the JSON body or of the query. */
export interface InputField {
  /** In lowerCamelCase; the command line writes it in kebab-case. */
  readonly name: string;
  readonly label: string;
  /** What to enter, in a sentence. */
  readonly hint?: string;
  /** The same for a form that shows `offers` or `suggests`, where there is less to type. @default hint */
  readonly formHint?: string;
  /** What stands in a new form. @default nothing */
  readonly usual?: string;
  /** `texts`: several, one a line in a form, a flag that may be repeated. `flag`: yes or no. */
  readonly type: 'text' | 'texts' | 'choice' | 'integer' | 'flag';
  readonly required?: boolean;
  /** The only values, for `choice` and `texts`. */
  readonly choices?: readonly string[];
  /** What a deployment offers, beside which other values may be judged valid: forms show them to tick. */
  readonly offers?: 'servers' | 'permissions' | 'scopes';
  /** Usual values of a text, beside which others are valid: forms show them to choose. */
  readonly suggests?: readonly string[];
  /** Characters of a text, each. @default 200 */
  readonly most?: number;
  /** Carried by forms without being shown, such as a version. */
  readonly hidden?: boolean;
}

/** One value that comes out: a column, a row of a details page, a member of the JSON answer. Absent where there is none. */
export interface OutputField {
  readonly name: string;
  readonly label: string;
  /** `time`: ISO 8601 in UTC; `state`: one of `states`; `json`: structured, for pages of its own. */
  readonly type: 'text' | 'texts' | 'code' | 'time' | 'state' | 'integer' | 'flag' | 'json';
  readonly states?: readonly string[];
  /** The value is the key of a row of that resource: pages link to it. */
  readonly of?: ResourceId;
  /** Whether lists show it. @default only the details do */
  readonly listed?: boolean;
}

/** What is administered. */
export interface AdminResource {
  readonly id: ResourceId;
  /** Plural, for headings. */
  readonly title: string;
  /** Singular, in running text. */
  readonly one: string;
  /** A sentence under the heading. */
  readonly about: string;
  /** Name of the output field that is the key, and of the `{parameter}` in paths. */
  readonly key?: string;
  readonly fields: readonly OutputField[];
  /** Lists that belong on the details page: operation, and its input ← output field of this row. */
  readonly related?: readonly { readonly operation: string; readonly by: Readonly<Record<string, string>> }[];
}

export interface AdminOperation {
  readonly resource: ResourceId;
  /** The second word on the command line: `list`, `get`, `create`, `revoke`. With the resource it is unique. */
  readonly verb: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/admin/api`, with the key as `{key}`: see path-value.ts for how it travels. */
  readonly path: string;
  /** `read`: `gatehouse:admin:read` is enough. */
  readonly access: 'read' | 'write';
  /** One sentence, imperative. */
  readonly summary: string;
  /** Query of a GET (filters; `limit` and `cursor` are every list's), JSON body of all others. */
  readonly input: readonly InputField[];
  /**
   * `page`: `{ items, next? }`; `item`: the row; `created`: the row with what is shown once (`secretField`); `done`: the
   * row as far as it is left, or `{}`.
   */
  readonly answers: 'page' | 'item' | 'created' | 'done';
  /** Member of the answer that is never shown again. */
  readonly secretField?: string;
  /** Label of the button and heading, such as `Revoke session`. Absent for lists and single rows. */
  readonly action?: string;
  /** What will happen, for a destructive operation: pages and the command line say it and ask. */
  readonly warning?: string;
}

/** Name of an operation: `sessions.list`. */
export function operationId({ resource, verb }: Pick<AdminOperation, 'resource' | 'verb'>): string {
  return `${resource}.${verb}`;
}
