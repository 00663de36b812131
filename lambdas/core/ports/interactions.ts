import type { AuthorizationRequest } from '../authorization-request.ts';
import type { SignInTerms } from '../identity/fresh-sign-in.ts';
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
  readonly upstream: { readonly nonce: string; readonly codeVerifier: string } & SignInTerms;
  /** Who signed in; from step `consent` on. */
  readonly person?: Person;
  /** Epoch seconds: when it began. What was revoked of the person since ends it. */
  readonly startedAt: number;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/** A browser in which a person is signed in. */
export interface BrowserSession {
  /** base64url SHA-256 of the session cookie. */
  readonly digest: string;
  readonly person: Person;
  /** Epoch seconds: when its sign-in began. What was revoked of the person since ends it. */
  readonly startedAt: number;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/** An authorization request that its client sent beforehand (RFC 9126). */
export interface PushedRequest {
  /** base64url SHA-256 of the random part of its `request_uri`. */
  readonly digest: string;
  /** Passed every check; its `clientId` is the client that pushed it. */
  readonly request: AuthorizationRequest;
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

  /** Stores a pushed request. */
  push(pushed: PushedRequest): Promise<void>;
  /** The pushed request, unless it is unknown, expired or taken. */
  findPushed(digest: string, now: number): Promise<PushedRequest | undefined>;
  /**
   * Uses up a pushed request; one conditional write, so that of any number of parallel uses exactly one is true.
   * @returns false if it is unknown, expired or was taken before
   */
  takePushed(digest: string, now: number): Promise<boolean>;

  /** Stores a new session. */
  startSession(session: BrowserSession): Promise<void>;
  findSession(digest: string, now: number): Promise<BrowserSession | undefined>;
  /** Ends a session; idempotent. */
  endSession(digest: string): Promise<void>;
}
