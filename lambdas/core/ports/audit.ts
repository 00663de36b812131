/** Something that an administrator will want to know. Never holds a token, a code or a secret. */
export interface AuditEvent {
  /** Past tense, dotted: `refresh_token.replayed`, `grant.revoked`, `token.issued`. */
  readonly type: string;
  /** @default 'allowed' */
  readonly decision?: 'allowed' | 'refused';
  /** Who. */
  readonly sub?: string;
  /** Verified where the decision is `allowed`; of a refusal it may be what the request claimed. */
  readonly clientId?: string;
  /** The grant. */
  readonly gid?: string;
  /** Server id. */
  readonly server?: string;
  /** Name of the MCP tool. */
  readonly tool?: string;
  /** Granted, carried by the token, or missing: as the type says. */
  readonly scopes?: readonly string[];
  /** Grant type of a token request. */
  readonly grantType?: string;
  /** What an administrator, or a person on their own page, changed: `person:ada`, `key:3kTz…`. */
  readonly changed?: string;
  /** Short tag of the rule that decided. */
  readonly reason?: string;
}

/** Time, id, trace id, address and user agent of an event are added by whoever writes it down. */
export interface Audit {
  /** Never throws and never delays the answer. */
  record(event: AuditEvent): void;
}
