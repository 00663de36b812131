import type { Child } from '../pages/html.ts';

/** Somebody who needs access, and what fits. */
export interface CredentialCase {
  /** Of its place on the page. */
  readonly id: string;
  /** Who it is, as a heading. */
  readonly who: string;
  /** The credential, in a word or two. */
  readonly credential: string;
  /** How it goes, in paragraphs. */
  readonly how: readonly Child[];
  /** What to type or paste, a block each. */
  readonly blocks: readonly string[];
}

/** What the cases tell of this deployment. */
export interface Deployment {
  readonly issuer: string;
  /** An MCP server for the examples. Absent: none that takes such a credential. */
  readonly withToken: ExampleServer | undefined;
  readonly withKey: ExampleServer | undefined;
  /** Issuers of identity assertions that are trusted. */
  readonly trustedIssuers: readonly string[];
}

export interface ExampleServer {
  readonly id: string;
  readonly url: string;
  /** One of its scopes. Absent: it has none. */
  readonly scope: string | undefined;
  /** A permission that its API keys can have, the mildest. */
  readonly permission: string;
}
