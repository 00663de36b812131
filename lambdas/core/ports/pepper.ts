/** The secret that authenticates codes and refresh tokens; kept in Secrets Manager, read once an instance. */
export interface Pepper {
  read(): Promise<Uint8Array>;
}
