import { OAuthError } from '../errors.ts';
import type { AccessTokenClaims } from '../resource/access-token-claims.ts';
import { verifyDpopProof } from './verify-dpop-proof.ts';

/** How an access token came. */
export interface PresentedToken {
  readonly token: string;
  /** Scheme of the `Authorization` header. */
  readonly scheme: 'Bearer' | 'DPoP';
  /** Values of the `DPoP` header, one for each line. */
  readonly proofs: readonly string[];
}

function refused(code: 'invalid_token' | 'invalid_dpop_proof', reason: string, problem: string): OAuthError {
  return new OAuthError(code, problem, { reason });
}

/**
 * Whether who presents a verified access token also holds its key, and says so (RFC 9449 §7.1, X-DPOP2). The `jti` of
 * the proof is not remembered: `ath`, `htm`, `htu` and five minutes bound what a stolen one is worth, and a write at
 * each call would cost more than the call.
 * @param request `url`: of the resource, as the client knows it; `now`: epoch seconds
 * @throws OAuthError invalid_token, invalid_dpop_proof
 */
export async function checkPossession(
  claims: Pick<AccessTokenClaims, 'cnf'>,
  { token, scheme, proofs }: PresentedToken,
  request: { readonly method: string; readonly url: string; readonly now: number },
): Promise<void> {
  if (scheme === 'Bearer') {
    if (!claims.cnf) return;
    // RFC 9449 §7.2: otherwise a stolen token would be as good as before.
    throw refused('invalid_token', 'dpop_bound', 'the access token is bound to a DPoP key; send it as DPoP');
  }
  // RFC 9449 §7.1: the token must be bound to the key that is proved.
  if (!claims.cnf) throw refused('invalid_token', 'dpop_unbound', 'the access token has no key; send it as Bearer');
  const [proof, ...more] = proofs;
  // RFC 9449 §4.3 item 1
  if (proof === undefined || more.length > 0) {
    throw refused('invalid_dpop_proof', 'dpop_missing', 'send exactly one DPoP header');
  }
  const { jkt } = await verifyDpopProof(proof, { ...request, accessToken: token });
  if (jkt === claims.cnf.jkt) return;
  throw refused('invalid_dpop_proof', 'dpop_other_key', 'the DPoP proof is of another key than the access token');
}
