import type { Client, ClientAuthMethod } from '../client.ts';
import { basic } from './basic.ts';
import { none } from './none.ts';
import { post } from './post.ts';

/** What a token request says about who asks. */
export interface Credentials {
  readonly clientId: string;
  readonly secret?: string;
}

/** The parts of a token request in which clients prove who they are. */
export interface AuthenticationRequest {
  readonly authorizationHeader?: string;
  readonly params: URLSearchParams;
}

/** One way of client authentication (OAuth 2.1 §2.4). */
export interface ClientAuthentication {
  readonly method: ClientAuthMethod;
  /**
   * What the request presents in this way; undefined if it does not use it.
   * @throws OAuthError if it uses it wrongly
   */
  read(request: AuthenticationRequest): Credentials | undefined;
  /** Whether these credentials prove that the request is the client's. */
  proves(credentials: Credentials, client: Client): boolean;
}

/** Every supported way; metadata and registration offer exactly these. */
export const clientAuthentications: readonly ClientAuthentication[] = [none, basic, post];
