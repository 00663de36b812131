import type { Client } from '../client.ts';
import { digest } from '../digest.ts';
import { OAuthError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Pepper } from '../ports/pepper.ts';
import type { Replay } from '../ports/replay.ts';
import { currentNonce, DpopNonceNeeded, isFreshNonce } from './dpop-nonce.ts';
import type { DpopProof } from './verify-dpop-proof.ts';
import { dpopLeeway, verifyDpopProof } from './verify-dpop-proof.ts';

/** The proof that came with a request to the token endpoint. */
export interface SentProof {
  /** Value of the `DPoP` header; several lines are joined by commas, and then it is no JWT. */
  readonly proof: string;
  /** URL of the endpoint, as the metadata publish it. */
  readonly url: string;
}

export interface DpopDeps {
  readonly clock: Clock;
  readonly pepper: Pepper;
  readonly replay: Replay;
  /** Whether a proof must carry a nonce of this server. @default false */
  readonly dpopNonce?: boolean | undefined;
}

/**
 * Judges a proof at the token endpoint by itself, before anything is spent: the client may have to repeat the request.
 * @throws OAuthError invalid_dpop_proof; DpopNonceNeeded
 */
export async function checkTokenProof(
  sent: SentProof,
  deps: Pick<DpopDeps, 'clock' | 'pepper' | 'dpopNonce'>,
): Promise<DpopProof> {
  const now = deps.clock.now();
  const proof = await verifyDpopProof(sent.proof, { method: 'POST', url: sent.url, now });
  if (!deps.dpopNonce) return proof;
  // RFC 9449 §8
  const pepper = await deps.pepper.read();
  if (proof.nonce !== undefined && isFreshNonce(pepper, proof.nonce, now)) return proof;
  throw new DpopNonceNeeded(currentNonce(pepper, now));
}

/**
 * Takes a proof of an authenticated client as used.
 * @returns the thumbprint to which the tokens are bound; undefined: bearer tokens
 * @throws OAuthError invalid_dpop_proof if it was used before, or if this client needs one and sent none
 */
export async function spendTokenProof(
  proof: DpopProof | undefined,
  client: Client,
  deps: Pick<DpopDeps, 'clock' | 'replay'>,
): Promise<string | undefined> {
  if (proof) {
    // RFC 9449 §11.1: a proof counts once. A jti is unique for its key, and nobody else can sign for that.
    const id = `dpop#${digest(`${proof.jkt}|${proof.jti}`)}`;
    if (await deps.replay.spend(id, proof.iat + dpopLeeway + 1, deps.clock.now())) return proof.jkt;
    throw new OAuthError('invalid_dpop_proof', 'the DPoP proof was used before; make a new one for each request', {
      reason: 'dpop_replayed',
    });
  }
  // RFC 9449 §5.2
  if (!client.dpopBoundAccessTokens) return undefined;
  throw new OAuthError('invalid_dpop_proof', 'this client asked for DPoP-bound tokens; send a DPoP header', {
    reason: 'dpop_missing',
  });
}
