import * as z from 'zod/mini';
import type { HeldRights } from '../core/resource/held-rights.ts';

/**
 * The verified caller, as the guard hands it to an MCP server: the authorizer context of API Gateway
 * (`event.requestContext.authorizer`), where every value is a string.
 */
export const callerSchema = z.object({
  /** Subject: the person, or the client itself for machine grants, or `key:<id>` for a key that stands for a program. */
  sub: z.string(),
  /** `key:<id>` for an API key. */
  clientId: z.string(),
  /** Space-separated scopes of the token or key, implied ones not expanded. */
  scope: z.string(),
  /** Grant id; `key:<id>` for an API key. */
  gid: z.string(),
  /** Expiry of the token or key, epoch seconds. Absent: a key without end. */
  exp: z.optional(z.string()),
  /** Server id. */
  server: z.string(),
  /** JSON of the token's `authorization_details` (RFC 9396 §9.1), at most 4 KB. Absent: nothing is narrowed by them. */
  authorizationDetails: z.optional(z.string()),
  /** JSON array of tools that an API key names itself; without any scope these and nothing else are open. */
  tools: z.optional(z.string()),
  /** JSON array of paths to which the key or token is narrowed (F-B1, F-E5). Absent: it is not narrowed. */
  paths: z.optional(z.string()),
  /** Id of the API key, where the caller has no token. */
  keyId: z.optional(z.string()),
});

export type Caller = z.infer<typeof callerSchema>;

/** What a caller holds at its server. @throws Error if the tools are no list: then nobody knows what is open */
export function heldBy({ scope, tools, keyId }: Pick<Caller, 'scope' | 'tools' | 'keyId'>): HeldRights {
  return { scope, keyId, tools: tools === undefined ? undefined : listIn(tools) };
}

/** The paths to which a caller is narrowed; undefined: not narrowed. @throws Error if they are no list */
export function pathsOf({ paths }: Pick<Caller, 'paths'>): readonly string[] | undefined {
  return paths === undefined ? undefined : listIn(paths);
}

function listIn(json: string): readonly string[] {
  return z.array(z.string()).parse(JSON.parse(json));
}
