import { authenticateClient } from '../client-auth/authenticate-client.ts';
import { digest } from '../digest.ts';
import { withPushedKey } from '../dpop/pushed-key.ts';
import { checkTokenProof, spendTokenProof } from '../dpop/token-proof.ts';
import { OAuthError } from '../errors.ts';
import type { TokenDeps, TokenRequest } from '../grants/exchange-token.ts';
import { parameter } from '../parameters.ts';
import type { Interactions } from '../ports/interactions.ts';
import { checkClientRequest } from './pipeline.ts';
import { requestUriPrefix } from './pushed-request.ts';

/** Seconds for which a pushed request waits for its browser (RFC 9126 §2.2 suggests 5 to 600). */
const lifetime = 120;

/** What the pushed authorization request endpoint needs: client authentication like the token endpoint, and a store. */
export interface PushDeps extends TokenDeps {
  readonly interactions: Pick<Interactions, 'push'>;
}

/**
 * Takes an authorization request from its client before the browser comes (RFC 9126 §2): the client is authenticated,
 * and the checks are those of the authorization endpoint, in the same order; nothing is relaxed.
 * @returns the body of the 201 answer (RFC 9126 §2.2)
 * @throws OAuthError for the JSON body, as at the token endpoint (RFC 9126 §2.3)
 */
export async function pushRequest(
  pushed: TokenRequest,
  deps: PushDeps,
): Promise<{ readonly request_uri: string; readonly expires_in: number }> {
  const { params } = pushed;
  const proof = pushed.dpop && (await checkTokenProof(pushed.dpop, deps));
  const client = await authenticateClient(pushed, deps);
  // RFC 9126 §2.1: a pushed request must not point to another one.
  if (parameter(params, 'request_uri') !== undefined) {
    throw new OAuthError('invalid_request', 'request_uri must not be pushed; push the parameters of the request');
  }
  const outcome = checkClientRequest(params, client, { servers: deps.servers, issuer: deps.issuer });
  if (outcome.kind !== 'accepted') throw outcome.error;
  // RFC 9449 §10.1
  const request = withPushedKey(outcome.request, proof && (await spendTokenProof(proof, client, deps)));
  const reference = deps.entropy.token(32);
  const expiresAt = deps.clock.now() + lifetime;
  await deps.interactions.push({ digest: digest(reference), request, expiresAt });
  return { request_uri: `${requestUriPrefix}${reference}`, expires_in: lifetime };
}
