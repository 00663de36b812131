import { mac, sameText } from '../digest.ts';
import { OAuthError } from '../errors.ts';

/** Seconds for which one nonce is given out; it is good for that long again. */
const slot = 300;

/** The nonce of now (RFC 9449 §8). Nothing is stored: it is a MAC of the time, with a label of its own. */
export function currentNonce(pepper: Uint8Array, now: number): string {
  return nonceOf(pepper, Math.floor(now / slot));
}

/** Whether this server gave the nonce out, in this slot or the one before. */
export function isFreshNonce(pepper: Uint8Array, nonce: string, now: number): boolean {
  const current = Math.floor(now / slot);
  return [current, current - 1].some((count) => sameText(nonce, nonceOf(pepper, count)));
}

function nonceOf(pepper: Uint8Array, count: number): string {
  return mac(pepper, `dpop-nonce|${count}`).slice(0, 22);
}

/** The proof must be made again, with this nonce (RFC 9449 §8): the answer carries it in `DPoP-Nonce`. */
export class DpopNonceNeeded extends OAuthError {
  readonly nonce: string;

  constructor(nonce: string) {
    super('use_dpop_nonce', 'make the DPoP proof again with the nonce of the DPoP-Nonce header');
    this.nonce = nonce;
  }
}
