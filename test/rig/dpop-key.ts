import { createHash, randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWK } from 'jose';

/** Parts of a proof that differ from a good one; `undefined` leaves a claim out. */
export interface Changes {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
}

export interface ProvedCall {
  readonly method: string;
  readonly url: string;
  /** Epoch seconds. @default the clock of this machine */
  readonly now?: number;
  /** The access token that goes with it. */
  readonly accessToken?: string;
  readonly nonce?: string;
}

/** A client's DPoP key, made with jose alone. */
export class DpopKey {
  readonly algorithm: string;
  readonly jkt: string;
  readonly publicJwk: JWK;
  readonly privateKey: CryptoKey;

  private constructor(algorithm: string, jkt: string, publicJwk: JWK, privateKey: CryptoKey) {
    this.algorithm = algorithm;
    this.jkt = jkt;
    this.publicJwk = publicJwk;
    this.privateKey = privateKey;
  }

  static async create(algorithm = 'ES256'): Promise<DpopKey> {
    const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
    const jwk = await exportJWK(publicKey);
    return new DpopKey(algorithm, await calculateJwkThumbprint(jwk), jwk, privateKey);
  }

  /** A proof of this key for a call, good but for `changes`. */
  async prove({ method, url, now, accessToken, nonce }: ProvedCall, changes: Changes = {}): Promise<string> {
    const claims = {
      jti: randomUUID(),
      htm: method,
      htu: url,
      iat: now ?? Math.floor(Date.now() / 1000),
      ath: accessToken === undefined ? undefined : createHash('sha256').update(accessToken).digest('base64url'),
      nonce,
      ...changes.claims,
    };
    const present = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
    return await new SignJWT(present)
      .setProtectedHeader({ alg: this.algorithm, typ: 'dpop+jwt', jwk: this.publicJwk, ...changes.header })
      .sign(this.privateKey);
  }
}
