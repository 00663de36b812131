/** A client as it looks on the wire: what it sends where others send something else. */
export interface ClientShape {
  /** The row of the table. */
  readonly name: string;
  /** One sentence on what is special about it. */
  readonly peculiarity: string;
  /** Where that was seen: an issue or a manual. */
  readonly seen: string;
  readonly registration: Registration;
  /** Redirect URI of its authorization requests. */
  readonly redirectUri: string;
  /** How it authenticates at the token endpoint, whatever it registered. */
  readonly auth: 'none' | 'client_secret_post' | 'client_secret_basic' | 'private_key_jwt';
  /** `resource` of its requests. @default 'canonical' as the resource metadata say it */
  readonly resource?: 'canonical' | 'origin' | 'omitted';
  /** Where the `scope` of its authorization request comes from; another text is sent as it stands. */
  readonly scope: 'challenge' | 'resource metadata' | 'server metadata' | 'omitted' | (string & {});
  /** More parameters of its authorization request. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** How it asks for the challenge. @default 'POST' */
  readonly probe?: 'GET' | 'POST';
  /** Which server metadata it asks for first. @default 'oauth-authorization-server' */
  readonly discovery?: 'oauth-authorization-server' | 'openid-configuration';
  /** `User-Agent` of its OAuth and of its MCP requests. @default that of Node.js */
  readonly agents?: { readonly oauth: string; readonly mcp: string };
  /** Page in which it runs: all its requests are then cross-origin, each behind a preflight. @default none */
  readonly origin?: string;
  /** Whether its refresh names the scope. @default false */
  readonly refreshesWithScope?: boolean;
  /** Refreshes that it sends at once, with the same token. @default 1 */
  readonly refreshesAtOnce?: number;
  /** Protocol revision of its MCP requests. */
  readonly revision: '2025-03-26' | '2025-06-18' | '2025-11-25' | '2026-07-28';
}

export type Registration =
  | {
      /** Dynamic client registration (RFC 7591). */
      readonly kind: 'dynamic';
      readonly body: Readonly<Record<string, unknown>>;
    }
  | {
      /** A metadata document (CIMD); `client_id` and keys are filled in where it is published. */
      readonly kind: 'document';
      readonly path: string;
      readonly document: Readonly<Record<string, unknown>>;
    };
