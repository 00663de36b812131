import type { DeviceRequest } from '../device/device-request.ts';
import type { Grant } from '../grant.ts';
import type { SignInTerms } from '../identity/fresh-sign-in.ts';
import type { Person } from '../person.ts';

/** What the person answered. */
export type DeviceAnswer =
  | { readonly state: 'denied' }
  | ({
      readonly state: 'approved';
      readonly person: Person;
      /** Epoch seconds: when the answer came. What was revoked since ends what it allows. */
      readonly givenAt: number;
    } & Pick<Grant, 'resources' | 'scopes' | 'scopesByResource'>);

/** How often a device may ask. */
export interface PollPace {
  /** Seconds between two polls; grows each time the device asks too early (RFC 8628 §3.5). */
  readonly interval: number;
  /** Epoch second from which on the next poll is in time. */
  readonly nextPollAt: number;
}

/** A device that waits for a person to allow it on another device (RFC 8628). */
export interface DeviceAuthorization extends PollPace {
  /** base64url SHA-256 of the device code. */
  readonly digest: string;
  readonly request: DeviceRequest;
  /** Id that the grant will have, fixed here so that parallel polls find the same grant. */
  readonly gid: string;
  readonly answer: { readonly state: 'pending' } | DeviceAnswer;
  /** Epoch seconds: end of both codes. */
  readonly codeExpiresAt: number;
  /** Epoch seconds: until when the device is told that its code expired. */
  readonly expiresAt: number;
}

/** A browser in which a right user code was entered; the person has to sign in and to answer there. */
export interface DeviceSignIn {
  /** Random, begins with `d-`; the `state` at the identity provider. */
  readonly id: string;
  /** Digest of the device authorization. */
  readonly device: string;
  /** base64url SHA-256 of the browser's binding cookie: only that browser may go on. */
  readonly browserDigest: string;
  /** For the identity provider's answer. */
  readonly upstream: { readonly nonce: string; readonly codeVerifier: string } & SignInTerms;
  /** Who signed in; absent until then. */
  readonly person?: Person;
  /** Epoch seconds: when it began. What was revoked of the person since ends it. */
  readonly startedAt: number;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/** Device authorizations, the ways to them, and how often somebody guessed at one. */
export interface DeviceAuthorizations {
  /**
   * Stores an authorization under its user code too; two conditional writes, that of the user code first.
   * @param userCode a digest of it
   * @returns false, with nothing stored, if the user code is in use
   */
  begin(authorization: DeviceAuthorization, userCode: string): Promise<boolean>;

  /** Strongly consistent read, whatever its state and even if its code expired. */
  find(digest: string, now: number): Promise<DeviceAuthorization | undefined>;

  /** The authorization that waits for an answer under this user code; two reads. */
  findPending(userCode: string, now: number): Promise<DeviceAuthorization | undefined>;

  /**
   * Moves the pace from what was seen; one conditional write, so that of parallel polls which saw the same exactly one
   * is true.
   */
  notePoll(digest: string, seen: PollPace, next: PollPace): Promise<boolean>;

  /**
   * `pending` → the answer; one conditional write: of any number of answers the first counts.
   * @returns false if it was answered before, has expired or is unknown
   */
  answer(digest: string, answer: DeviceAnswer, now: number): Promise<boolean>;

  /** Stores a new sign-in. */
  beginSignIn(signIn: DeviceSignIn): Promise<void>;
  findSignIn(id: string, now: number): Promise<DeviceSignIn | undefined>;
  /**
   * Notes who signed in; one conditional write: an identity provider's answer counts once.
   * @returns false if the sign-in is gone, expired or done
   */
  signedIn(id: string, person: Person, now: number): Promise<boolean>;
  /** Ends a sign-in; idempotent. */
  endSignIn(id: string): Promise<void>;

  /**
   * Takes one attempt of a counter; one conditional write, so that parallel attempts never exceed the limit.
   * @param expiresAt epoch seconds after which the counter is forgotten
   * @returns false if none is left
   */
  takeAttempt(counter: string, limit: number, expiresAt: number): Promise<boolean>;
  /** Gives an attempt back; one write. */
  returnAttempt(counter: string): Promise<void>;
}
