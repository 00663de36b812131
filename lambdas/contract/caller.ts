import * as z from 'zod/mini';

/**
 * The verified caller, as the guard hands it to an MCP server: the authorizer context of API Gateway
 * (`event.requestContext.authorizer`), where every value is a string.
 */
export const callerSchema = z.object({
  /** Subject: the person, or the client itself for machine grants. */
  sub: z.string(),
  clientId: z.string(),
  /** Space-separated scopes of the token, implied ones not expanded. */
  scope: z.string(),
  /** Grant id. */
  gid: z.string(),
  /** Expiry of the token, epoch seconds. */
  exp: z.string(),
  /** Server id. */
  server: z.string(),
  /** JSON of the token's `authorization_details` (RFC 9396 §9.1), at most 4 KB. Absent: nothing is narrowed by them. */
  authorizationDetails: z.optional(z.string()),
});

export type Caller = z.infer<typeof callerSchema>;
