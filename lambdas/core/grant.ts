import type { AuthorizationDetail } from './authorization-request.ts';

/**
 * A grant: what one person allowed one client. One DynamoDB item and a state machine,
 * `code → active → revoked`, in which every transition is one conditional write (docs/decisions/0005).
 */
export interface Grant {
  readonly gid: string;
  readonly state: 'code' | 'active' | 'revoked';
  readonly clientId: string;
  readonly sub: string;
  readonly email?: string;
  readonly personName?: string;
  /** Canonical resource identifiers that the person allowed; the first is the default audience. */
  readonly resources: readonly string[];
  readonly scopes: readonly string[];
  /**
   * What of `scopes` the person allowed at each resource. Only where two servers call different rights by the same
   * name, and the person allowed only one of them.
   */
  readonly scopesByResource?: Readonly<Record<string, readonly string[]>>;
  /** Whether refresh tokens are issued. */
  readonly refreshable: boolean;
  /** base64url SHA-256 of the salt that only the code and the refresh tokens of this grant carry. */
  readonly saltDigest?: string;
  /** Redirect URI of the authorization request; the token request must repeat it if it names one. */
  readonly redirectUri?: string;
  /** PKCE S256 challenge. */
  readonly codeChallenge?: string;
  /** Epoch seconds. Absent, like the three above, for grants that never had a code. */
  readonly codeExpiresAt?: number;
  /** Scopes of OpenID Connect that were granted: `openid`, `email`, `profile`. They belong to no resource. */
  readonly identityScopes?: readonly string[];
  /** For the ID token (OIDC Core §2). */
  readonly nonce?: string;
  readonly acr?: string;
  readonly amr?: readonly string[];
  readonly emailVerified?: boolean;
  /** RFC 9396: carried into tokens and echoed, as the person granted them. */
  readonly authorizationDetails?: readonly AuthorizationDetail[];
  /** RFC 9449: thumbprint of the key to which refresh tokens of a public client, and its code, are bound. */
  readonly dpopJkt?: string;
  /** Number of the refresh token that is current; 0 before the first. */
  readonly generation: number;
  /** Epoch seconds of the last rotation. */
  readonly rotatedAt: number;
  /** Epoch seconds: sign-in of the person. */
  readonly authTime: number;
  /** Epoch seconds: when the request that made it began, before anything was looked up that it rests on. */
  readonly createdAt: number;
  /**
   * Epoch seconds: when the person, or who speaks for them, gave it. What was revoked since ends it.
   * @default createdAt
   */
  readonly givenAt?: number;
  /** Epoch seconds: end of the idle lifetime, moved on by each refresh; also the item's time to live. */
  readonly expiresAt: number;
  /** Epoch seconds beyond which no refresh goes. */
  readonly absoluteExpiresAt: number;
  /** Epoch seconds of the last token or tool call that was noted; at most once in five minutes, and seconds late. */
  readonly lastUsedAt?: number;
  /** Groups of the person that give rights of administration; only of grants for the admin API. */
  readonly groups?: readonly string[];
  /** Copy of the client's own expiry, so that a refresh knows without a read when the client must be renewed. */
  readonly clientExpiresAt?: number;
}

/** A grant that began with an authorization code. */
export type CodeGrant = Grant & Required<Pick<Grant, 'saltDigest' | 'redirectUri' | 'codeChallenge' | 'codeExpiresAt'>>;
