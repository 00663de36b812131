import type { Grant } from '../grant.ts';

/** What both redeeming a code and using a refresh token must match, in the same write that spends them. */
export interface Presentation {
  readonly gid: string;
  readonly saltDigest: string;
  readonly clientId: string;
  /** If the request names one it must be among the grant's resources; otherwise nothing is spent (pain 7). */
  readonly resource?: string;
  /** Thumbprint of the DPoP key that the request proved. */
  readonly dpopJkt?: string;
  /**
   * Refresh tokens are bound to the client's own credentials, so any DPoP key will do (RFC 9449 §5).
   * @default false the first key that is proved becomes the grant's, and from then on each request must prove it
   */
  readonly anyKey?: boolean;
  /** Epoch seconds. */
  readonly now: number;
  /** New end of the idle lifetime, epoch seconds. */
  readonly expiresAt: number;
}

export interface CodePresentation extends Presentation {
  /** S256 of the presented verifier. */
  readonly codeChallenge: string;
  /** Compared only if the token request carried one (AS-65). */
  readonly redirectUri?: string;
}

export interface RefreshPresentation extends Presentation {
  /** Number of the presented refresh token; it must be the current one. */
  readonly generation: number;
}

/**
 * `ok`: the transition happened and `grant` is the item after it.
 * Not `ok`: nothing changed; `grant` is the item that refused (undefined: no such grant).
 */
export type Transition = { readonly ok: true; readonly grant: Grant } | { readonly ok: false; readonly grant?: Grant };

export interface Grants {
  /**
   * Stores a new grant in state `code`; one conditional write. If the gid is taken, nothing changes and the existing
   * grant is returned, so answering a consent page twice yields one grant.
   */
  create(grant: Grant): Promise<Transition>;

  /**
   * `code → active`, generation 1 if refreshable; one conditional write on state, salt, client, challenge, redirect
   * URI, resource, DPoP key and code expiry together: of any number of parallel redemptions at most one is `ok` (AS-63).
   */
  redeemCode(presentation: CodePresentation): Promise<Transition>;

  /**
   * generation n → n+1 of an active grant; one conditional write on state, salt, client, resource, DPoP key,
   * generation and both expiries together: of any number of parallel refreshes at most one is `ok` (D5).
   */
  rotate(presentation: RefreshPresentation): Promise<Transition>;

  /** Any state → `revoked`; one write, idempotent. `keepUntil`: epoch seconds for which the tombstone must stay. */
  revoke(gid: string, keepUntil: number): Promise<void>;

  /** Strongly consistent read; undefined if it is unknown (expired ones are returned: the caller checks). */
  find(gid: string): Promise<Grant | undefined>;

  /** Copies a renewed client expiry into the grant (bookkeeping, never creates). */
  noteClientExpiry(gid: string, clientExpiresAt: number): Promise<void>;
}
