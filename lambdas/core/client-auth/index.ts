import type { Client, ClientAuthMethod } from '../client.ts';
import type { ClientKeys } from '../ports/client-keys.ts';
import type { Clock } from '../ports/clock.ts';
import type { Replay } from '../ports/replay.ts';
import { basic } from './basic.ts';
import { none } from './none.ts';
import { post } from './post.ts';
import { privateKeyJwt } from './private-key-jwt.ts';
import type { ClientAssertion } from './read-assertion.ts';

/** What a token request says about who asks. */
export interface Credentials {
  readonly clientId: string;
  readonly secret?: string;
  readonly assertion?: ClientAssertion;
}

/** The parts of a token request in which clients prove who they are. */
export interface AuthenticationRequest {
  readonly authorizationHeader?: string;
  readonly params: URLSearchParams;
}

/** What it takes to check a proof. */
export interface ProofDeps {
  readonly clientKeys: ClientKeys;
  readonly replay: Replay;
  readonly clock: Clock;
  readonly issuer: string;
}

/** One way of client authentication (OAuth 2.1 §2.4). */
export interface ClientAuthentication {
  readonly method: ClientAuthMethod;
  /**
   * What the request presents in this way; undefined if it does not use it.
   * @param known `now`: epoch seconds
   * @throws OAuthError if it uses it wrongly
   */
  read(
    request: AuthenticationRequest,
    known: { readonly issuer: string; readonly now: number },
  ): Credentials | undefined;
  /**
   * Whether these credentials prove that the request is the client's.
   * @throws OAuthError if they were proof once, or it cannot be found out now
   */
  proves(credentials: Credentials, client: Client, deps: ProofDeps): boolean | Promise<boolean>;
}

/** Every supported way; metadata and registration offer exactly these. */
export const clientAuthentications: readonly ClientAuthentication[] = [none, basic, post, privateKeyJwt];
