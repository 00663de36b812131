import { OAuthError } from '../errors.ts';
import type { AccessTokenClaims, Actor } from '../resource/access-token-claims.ts';

/** Actors that a token may name. A longer chain is a loop or a mistake, and tokens stay below 2 KB. */
const longestChain = 4;

function lengthOf(act: Actor | undefined): number {
  return act === undefined ? 0 : 1 + lengthOf(act.act);
}

/**
 * The `act` claim of a token that a client gets for another one (RFC 8693 §4.1): the newest actor outermost. A client
 * that narrows its own token acts for nobody else.
 * @throws OAuthError invalid_request if the chain becomes too long
 */
export function actFor(parent: Pick<AccessTokenClaims, 'clientId' | 'act'>, clientId: string): Actor | undefined {
  if (parent.clientId === clientId) return parent.act;
  const act = parent.act === undefined ? { sub: clientId } : { sub: clientId, act: parent.act };
  if (lengthOf(act) <= longestChain) return act;
  throw new OAuthError('invalid_request', `subject_token was exchanged ${longestChain} times already; start anew`, {
    reason: 'act_chain',
  });
}
