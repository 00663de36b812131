import { methodsOf } from '../client-auth/methods-of.ts';
import type { Client } from '../client.ts';
import { OAuthError } from '../errors.ts';
import type { Grant } from '../grant.ts';
import type { Presentation, RefreshPresentation } from '../ports/grants.ts';

/** What a request proves about keys, for the write that spends its code or refresh token. */
export function keyBinding(
  client: Client,
  dpopJkt: string | undefined,
): Pick<RefreshPresentation, 'dpopJkt' | 'anyKey'> {
  // RFC 9449 §5: refresh tokens of confidential clients are bound to their credentials already.
  const anyKey = !methodsOf(client).includes('none');
  return { ...(dpopJkt !== undefined && { dpopJkt }), ...(anyKey && { anyKey }) };
}

/** Whether the grant is bound to a DPoP key that this request did not prove. */
export function isOtherKey(grant: Grant, shown: Pick<Presentation, 'dpopJkt'>): boolean {
  return grant.dpopJkt !== undefined && grant.dpopJkt !== shown.dpopJkt;
}

/** Whoever presents it does not hold its key. Nothing is spent: a thief must not end anybody's session. */
export function keyMismatch(): OAuthError {
  return new OAuthError('invalid_grant', 'it is bound to a DPoP key; send a DPoP proof of that key', {
    reason: 'dpop_key_mismatch',
  });
}
