import type { AuthorizationRequest } from '../authorization-request.ts';
import type { Person } from '../person.ts';

/** An authorization request that waits for a person to sign in and answer. */
export interface LoginTransaction {
  /** Random; the `state` at the identity provider. */
  readonly id: string;
  /** `sign-in`: waiting for the identity provider; `consent`: waiting for the person's answer. */
  readonly step: 'sign-in' | 'consent';
  /** base64url SHA-256 of the browser's binding cookie: only that browser may go on (CSRF, session fixation). */
  readonly browserDigest: string;
  readonly request: AuthorizationRequest;
  /** Id that the grant will have, fixed here so that a repeated answer finds the same grant. */
  readonly gid: string;
  /** For the identity provider's answer. */
  readonly upstream: { readonly nonce: string; readonly codeVerifier: string };
  /** Who signed in; from step `consent` on. */
  readonly person?: Person;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/** A browser in which a person is signed in. */
export interface BrowserSession {
  /** base64url SHA-256 of the session cookie. */
  readonly digest: string;
  readonly person: Person;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/** What happens between an authorization request and its answer. Expired items are never returned. */
export interface Interactions {
  /** Stores a new transaction. */
  begin(transaction: LoginTransaction): Promise<void>;
  find(id: string, now: number): Promise<LoginTransaction | undefined>;
  /**
   * `sign-in` → `consent` with the person; one conditional write: an identity provider's answer counts once.
   * @returns false if the transaction is gone, expired or past that step.
   */
  signedIn(id: string, person: Person, now: number): Promise<boolean>;
  /** Ends a transaction; idempotent. */
  finish(id: string): Promise<void>;

  /** Stores a new session. */
  startSession(session: BrowserSession): Promise<void>;
  findSession(digest: string, now: number): Promise<BrowserSession | undefined>;
  /** Ends a session; idempotent. */
  endSession(digest: string): Promise<void>;
}
