import type { SignInTerms } from '../identity/fresh-sign-in.ts';

/** A sign-in for pages of ours, asked for by no client. */
export interface PageSignIn {
  /** Random, begins with `p-`; the `state` at the identity provider. */
  readonly id: string;
  /** Where it goes on, as core/own-pages/return-path.ts allows. */
  readonly to: string;
  /** base64url SHA-256 of the browser's binding cookie: only that browser may go on. */
  readonly browserDigest: string;
  /** For the identity provider's answer. */
  readonly upstream: { readonly nonce: string; readonly codeVerifier: string } & SignInTerms;
  /** Whether the identity provider's answer came and counted. @default not yet */
  readonly isDone?: boolean;
  /** Epoch seconds. */
  readonly startedAt: number;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/** Sign-ins for our own pages. Expired ones are never returned. */
export interface PageSignIns {
  /** Stores a new one. */
  begin(signIn: PageSignIn): Promise<void>;
  find(id: string, now: number): Promise<PageSignIn | undefined>;
  /**
   * Marks it as done; one conditional write: an identity provider's answer counts once.
   * @returns false if it is gone, expired or done
   */
  finish(id: string, now: number): Promise<boolean>;
}
