import * as z from 'zod/mini';
import { rateLimitSettings } from './rate-limit-settings.ts';

/**
 * What a team decides in `bin/gatehouse.ts` and what is known at synthesis: it travels inside each bundle as
 * `settings.json`, because a Lambda function's environment ends at 4 KB. What only a deployment knows (names, ARNs,
 * URLs) is in `env.ts`.
 */
export const settingsSchema = z.object({
  stage: z.enum(['development', 'production']),
  servers: z.array(
    z.object({
      /** Short name, `[a-z0-9-]+`; key of `SERVER_URLS`. */
      id: z.string(),
      /** Name that people read on the consent page. */
      name: z.string(),
      /** Path of the MCP endpoint, with a leading slash. */
      path: z.string(),
      scopes: z.array(
        z.object({
          name: z.string(),
          description: z.string(),
          /** Narrower scopes that this one includes (RS-08). */
          implies: z.array(z.string()),
          /** Tools that this scope opens. */
          tools: z.array(z.string()),
          /** Whether the person may untick it on the consent page. */
          optional: z.boolean(),
        }),
      ),
      /** Types of `authorization_details` that this server understands (RFC 9396). Absent: none. */
      authorizationDetailTypes: z.optional(z.array(z.string())),
      /** Whether API keys open it. `only`: nothing else does. Absent: `accepted`. */
      apiKeys: z.optional(z.enum(['accepted', 'only', 'refused'])),
    }),
  ),
  lifetimes: z.object({
    /** Seconds. */
    accessToken: z.number(),
    /** Seconds without use after which a refresh token ends. */
    refreshTokenIdle: z.number(),
    /** Seconds after sign-in beyond which no refresh goes. */
    refreshTokenAbsolute: z.number(),
    /** Seconds in which the previous refresh token still gets the same successor. */
    refreshReplayWindow: z.number(),
    /** The same of single clients, by client id or by the host of their metadata document. Absent: none. */
    refreshReplayWindows: z.optional(z.record(z.string(), z.number())),
    /** Seconds. */
    authorizationCode: z.number(),
    /** Seconds from the authorization request to the person's answer. */
    signInTransaction: z.number(),
    /** Seconds that a browser stays signed in here. */
    browserSession: z.number(),
    /** Seconds after which a registration that was never used ends. */
    unusedRegistration: z.number(),
    /** Seconds for which the guard may believe that a grant is still alive; 0 asks every time. */
    grantCache: z.number(),
  }),
  /** What stands in front of the APIs, and so what `X-Forwarded-For` means. Absent: nothing. */
  edge: z.optional(z.enum(['cloudfront', 'none'])),
  /** Whether every client must push its authorization request first (RFC 9126 §5). Absent: no. */
  requirePushedAuthorizationRequests: z.optional(z.boolean()),
  /** Whether DPoP proofs at the token endpoint must carry a nonce of ours (RFC 9449 §8). Absent: no. */
  dpopNonce: z.optional(z.boolean()),
  /** Of access tokens and ID tokens. Absent: RS256. */
  signingAlgorithm: z.optional(z.enum(['RS256', 'ES256', 'EdDSA'])),
  /** Issuers of identity assertions (ID-JAG). Absent: none. */
  trustedIssuers: z.optional(
    z.array(
      z.object({
        issuer: z.string(),
        /** Absent: found by discovery. */
        jwksUri: z.optional(z.string()),
        /** The most that its assertions can give. Absent: every scope. */
        scopes: z.optional(z.array(z.string())),
      }),
    ),
  ),
  /** Seconds for which audit events stay in their table. Absent: 90 days. */
  auditRetention: z.optional(z.number()),
  /** Who administers. Absent: nobody. */
  administrators: z.optional(
    z.object({
      /** Verified e-mail addresses in lower case, and groups, with all rights. */
      emails: z.array(z.string()),
      groups: z.array(z.string()),
      /** The same for those who see everything and change nothing. */
      readerEmails: z.array(z.string()),
      readerGroups: z.array(z.string()),
      /** Claim of the ID token that lists a person's groups. */
      groupsClaim: z.string(),
    }),
  ),
  registration: z.object({ dynamic: z.boolean() }),
  /** How often callers may ask. Absent: as often as they like. */
  rateLimits: z.optional(rateLimitSettings),
  /** Clients that are known by the URL of their metadata (CIMD). */
  metadataDocuments: z.object({
    enabled: z.boolean(),
    /** Exact hosts or `*.example.com`; empty: every host. */
    allowHosts: z.array(z.string()),
    /** As above; stronger than `allowHosts`. */
    denyHosts: z.array(z.string()),
  }),
  /** `Origin` values that may call an MCP endpoint from a browser. `loopback` stands for every loopback origin. */
  allowedOrigins: z.array(z.string()),
  brand: z.object({
    name: z.string(),
    /** CSS colour of buttons and links, `#rrggbb`. */
    accentColor: z.string(),
    logoUrl: z.optional(z.string()),
    supportEmail: z.optional(z.string()),
  }),
});

export type Settings = z.infer<typeof settingsSchema>;
export type ServerSettings = Settings['servers'][number];
