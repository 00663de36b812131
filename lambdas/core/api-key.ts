/**
 * An API key (F-B1): a credential for programs that no person attends. The key itself is shown once; what is stored
 * cannot make it again. Revoked and expired keys stay in the history.
 */
export interface ApiKey {
  /** 16 characters of base62, part of the key itself. */
  readonly keyId: string;
  /** Unique among the owner's keys that still work. */
  readonly name: string;
  /** Subject of the person who made it and has seen it: it dies with that person's access. */
  readonly owner: string;
  readonly ownerEmail?: string;
  /** As whom calls are made: the owner, or `key:<keyId>` for a key that stands for a program. */
  readonly sub: string;
  /** base64url SHA-256 of the whole key. */
  readonly digest: string;
  /** Ids of the MCP servers that it opens; at least one. */
  readonly servers: readonly string[];
  /** `read`, `write`, names of scopes such as `todo:delete`, and `tool:<name>`; at least one. */
  readonly permissions: readonly string[];
  /** Paths such as `workspace/acme/project/x` to which it is narrowed. Empty: not narrowed. */
  readonly paths: readonly string[];
  /** Epoch seconds. */
  readonly createdAt: number;
  /** Epoch seconds. Absent: never. */
  readonly expiresAt?: number;
  /** Epoch seconds, and the subject of who did it. */
  readonly revokedAt?: number;
  readonly revokedBy?: string;
  /** Epoch seconds; written at most once in five minutes. */
  readonly lastUsedAt?: number;
  /** Address of that use. */
  readonly lastUsedFrom?: string;
}
