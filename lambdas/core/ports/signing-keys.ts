/** JWS algorithms of access tokens (RFC 7518 §3.1, RFC 8037 §3.1 with RFC 9864's name). */
export type SigningAlgorithm = 'RS256' | 'ES256' | 'EdDSA';

/** A public key as JWKS publishes it (RFC 7517). */
export interface PublicJwk {
  readonly kty: string;
  readonly kid: string;
  readonly alg: SigningAlgorithm;
  readonly use: 'sig';
  readonly [parameter: string]: string;
}

/** A KMS key that signs, or whose signatures are still to be verified. */
export interface SigningKey {
  readonly kid: string;
  readonly algorithm: SigningAlgorithm;
  /** ARN of the KMS key. */
  readonly keyArn: string;
  readonly publicJwk: PublicJwk;
  /** `published`: in JWKS only; `signing`: the one that signs; `retired`: in JWKS until its tokens are gone. */
  readonly state: 'published' | 'signing' | 'retired';
  /** Epoch seconds. */
  readonly createdAt: number;
  /** Epoch second from which it may sign. @default at once */
  readonly signsFrom?: number;
  /** Epoch second from which it signs no more. @default it was not retired */
  readonly retiredAt?: number;
  /** Epoch second from which JWKS has it no more, and its tokens are worth nothing. @default it was not retired */
  readonly goneAt?: number;
}

export interface SigningKeys {
  /**
   * Every key that JWKS publishes. May be answered from memory for minutes; `fresh` asks the table (callers use it
   * when a token names a key that they do not know, at most once in 30 seconds).
   */
  list(options?: { fresh?: boolean }): Promise<readonly SigningKey[]>;
}
