/** Things that may be used once: ids of client assertions, ID-JAGs, DPoP proofs. */
export interface Replay {
  /**
   * Spends an id; one conditional write, so that of any number of parallel uses exactly one is true.
   * @param id `<kind>#<base64url SHA-256 of issuer and jti>`: never the raw value, which an attacker chooses
   * @param expiresAt epoch second after which the thing is refused by its own expiry
   * @param now epoch seconds; an item that has expired does not count, whether or not it was deleted
   * @returns false if it was spent before
   */
  spend(id: string, expiresAt: number, now: number): Promise<boolean>;
}
