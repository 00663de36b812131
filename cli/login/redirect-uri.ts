export const defaultPort = 8765;

/** Where the browser comes back to. The address, not `localhost`: a name could lead elsewhere (RFC 8252 §8.3). */
export function redirectUri(port: number): string {
  return `http://127.0.0.1:${port}/callback`;
}
