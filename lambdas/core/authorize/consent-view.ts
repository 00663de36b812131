import type { AuthorizationRequest } from '../authorization-request.ts';
import type { Client } from '../client.ts';
import type { ProtectedServer } from '../protected-server.ts';

/** What the consent page shows. Every text that comes from the client must be escaped by the page. */
export interface ConsentView {
  /** Its name, or its id if it gave none. */
  readonly clientName: string;
  readonly clientId: string;
  /** Who vouches for the name. */
  readonly evidence: 'self-asserted' | 'administrator';
  /** https URLs that the client named; self-asserted as well. */
  readonly clientUri?: string;
  readonly policyUri?: string;
  readonly tosUri?: string;
  readonly redirect: {
    /** `loopback`: a program on this computer; `private-use`: an app that claims the scheme (AS-28). */
    readonly kind: 'https' | 'loopback' | 'private-use';
    /** Host with port if it has one; for private-use the scheme with its authority, such as `cursor://host`. */
    readonly host: string;
  };
  readonly servers: readonly {
    readonly name: string;
    readonly resource: string;
    readonly scopes: readonly {
      readonly name: string;
      readonly description: string;
      /** Tools that the scope opens, those of implied scopes included. */
      readonly tools: readonly string[];
      /** Whether the person may untick it. */
      readonly optional: boolean;
    }[];
  }[];
}

/** Gathers what the person must know before answering (AS-28, AS-49). */
export function consentView(
  _request: AuthorizationRequest,
  _client: Client,
  _servers: readonly ProtectedServer[],
): ConsentView {
  throw new Error('not yet');
}
