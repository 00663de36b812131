/** Randomness as an argument. */
export interface Entropy {
  /** `bytes` cryptographically random bytes as base64url. */
  token(bytes: number): string;
}
