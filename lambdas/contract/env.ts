import * as z from 'zod/mini';
import type { FunctionName, TableName } from './tables.ts';
import { tableAccess, tableVariable } from './tables.ts';

/**
 * What only a deployment knows, one object a function. The CDK must give exactly these variables (the type is the
 * same), the function parses them once at cold start. Secrets never travel here: only their ARNs.
 */
const issuer = z.string().check(z.regex(/^https?:\/\/[^?#]*[^?#/]$/, 'an absolute URL without a trailing slash'));
const arn = z.string().check(z.minLength(1));

/** JSON object: server id → absolute URL of its MCP endpoint (= its resource identifier). */
const serverUrls = z.pipe(
  z.string(),
  z.transform((text) => z.record(z.string(), z.string()).parse(JSON.parse(text))),
);

const own = {
  discovery: { ISSUER: issuer, SERVER_URLS: serverUrls },
  /** Without the token's ARN everybody may register. */
  registration: { ISSUER: issuer, INITIAL_ACCESS_TOKEN_SECRET_ARN: z.optional(arn) },
  interaction: {
    ISSUER: issuer,
    SERVER_URLS: serverUrls,
    PEPPER_SECRET_ARN: arn,
    UPSTREAM_ISSUER: z.string(),
    UPSTREAM_CLIENT_ID: z.string(),
    UPSTREAM_CLIENT_SECRET_ARN: arn,
  },
  token: { ISSUER: issuer, SERVER_URLS: serverUrls, PEPPER_SECRET_ARN: arn, UPSTREAM_ISSUER: z.string() },
  guard: { ISSUER: issuer, SERVER_URLS: serverUrls },
  mcp: { ISSUER: issuer, SERVER_URLS: serverUrls },
  account: { ISSUER: issuer, SERVER_URLS: serverUrls, PEPPER_SECRET_ARN: arn },
  /**
   * The prefix is that of the names of machine clients' secrets, with a trailing slash; the owner is what the tag of
   * signing keys says.
   */
  admin: {
    ISSUER: issuer,
    SERVER_URLS: serverUrls,
    PEPPER_SECRET_ARN: arn,
    CLIENT_SECRET_PREFIX: z.string(),
    SIGNING_KEY_OWNER: z.string().check(z.minLength(1)),
  },
  'key-rotation': {},
  'client-registrar': {},
  audit: {},
} as const satisfies Record<FunctionName, z.core.$ZodShape>;

type Own = typeof own;
type TablesOf<F extends FunctionName> = Extract<keyof (typeof tableAccess)[F], TableName>;

/** The parsed environment of a function: its own variables and `table`, the names of its tables. */
export type Env<F extends FunctionName> = z.infer<z.ZodMiniObject<Own[F]>> & {
  readonly table: Readonly<Record<TablesOf<F>, string>>;
};

/** The variables that the CDK must set for a function, tables aside (those come with the grant). */
export type OwnVariables<F extends FunctionName> = {
  readonly [V in keyof Own[F] & string as Own[F][V] extends z.ZodMiniOptional ? never : V]: string;
} & { readonly [V in keyof Own[F] & string as Own[F][V] extends z.ZodMiniOptional ? V : never]?: string };

/**
 * Parses the environment of a function.
 * @throws Error naming every variable that is missing or malformed.
 */
export function parseEnv<F extends FunctionName>(name: F, source: Record<string, string | undefined>): Env<F> {
  const names = Object.keys(tableAccess[name]) as TablesOf<F>[];
  const variables = Object.fromEntries(names.map((table) => [tableVariable(table), z.string().check(z.minLength(1))]));
  const result = z.safeParse(z.object({ ...own[name], ...variables }), source);
  if (!result.success) throw new Error(`environment of function ${name}: ${faults(result.error)}`);
  const parsed = result.data as Record<string, unknown>;
  const table = Object.fromEntries(names.map((key) => [key, parsed[tableVariable(key)]]));
  return { ...parsed, table } as unknown as Env<F>;
}

const serverEnv = z.object({ ...own.mcp, TABLE_RATE_LIMITS: z.string().check(z.minLength(1)) });

/**
 * The environment of an MCP server of your own: that of `mcp` without the sample's table.
 * @throws Error naming every variable that is missing or malformed.
 */
export function parseServerEnv(source: Record<string, string | undefined>): z.infer<typeof serverEnv> {
  const result = z.safeParse(serverEnv, source);
  if (!result.success) throw new Error(`environment of an MCP server: ${faults(result.error)}`);
  return result.data;
}

function faults(error: z.core.$ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
}
