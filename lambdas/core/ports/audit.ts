/** Something that an administrator will want to know. Never holds a token, a code or a secret. */
export interface AuditEvent {
  /** Past tense, dotted: `refresh_token.replayed`, `grant.revoked`, `token.issued`. */
  readonly type: string;
  readonly clientId?: string;
  readonly sub?: string;
  readonly gid?: string;
  readonly reason?: string;
}

export interface Audit {
  /** Never throws and never delays the answer. */
  record(event: AuditEvent): void;
}
