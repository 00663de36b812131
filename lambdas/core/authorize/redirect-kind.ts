/** Where a redirect URI leads: a web host, a program on this computer, or an app that claims a scheme. */
export type RedirectKind = 'https' | 'loopback' | 'private-use';

// The port, if any, must end before path, query or end: `http://localhost:1@evil.example/` is no loopback URI.
const loopback = /^(?<origin>http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]))(?::(?<port>\d{1,5}))?(?<rest>(?:[/?].*)?)$/;

/**
 * An http loopback redirect URI without its port, undefined for any other URI. `localhost`, `127.0.0.1` and `[::1]`
 * stay distinct (requirements.md §9.6).
 */
export function withoutLoopbackPort(uri: string): string | undefined {
  const { origin, port, rest } = loopback.exec(uri)?.groups ?? {};
  if (origin === undefined || Number(port ?? 0) > 65_535) return undefined;
  return `${origin}${rest}`;
}

/** What kind of redirect URI this is; for URIs that were accepted at registration. */
export function redirectKind(uri: string): RedirectKind {
  if (withoutLoopbackPort(uri) !== undefined) return 'loopback';
  return uri.startsWith('https://') ? 'https' : 'private-use';
}
