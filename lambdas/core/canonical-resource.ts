import { OAuthError } from './errors.ts';
import type { ProtectedServer } from './protected-server.ts';
import { keysOnly, takesTokens } from './token-servers.ts';

// RFC 3986 §2: everything that may stand in a URI. URL would quietly drop tabs and turn backslashes round.
const uriCharacters = /^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+$/;

/** Characters. `URL.canParse` says yes to hosts of 64 KB, at which `URL` then throws. */
const longest = 2048;

function refuse(problem: string, reason: string): never {
  throw new OAuthError(
    'invalid_target',
    `resource ${problem}; use the resource value of the protected resource metadata`,
    {
      reason,
    },
  );
}

function parse(value: string): URL {
  // RFC 8707 §2: an absolute URI without a fragment.
  if (value.includes('#')) refuse('must not have a fragment', 'resource_fragment');
  if (value.length > longest) refuse(`is longer than ${longest} characters`, 'resource_syntax');
  if (!uriCharacters.test(value) || !URL.canParse(value)) refuse('is not an absolute URI', 'resource_syntax');
  const url = new URL(value);
  if (url.username !== '' || url.password !== '') refuse('must not name a user', 'resource_userinfo');
  return url;
}

/** Scheme, host and port in their canonical spelling (URL lowers the case and drops the default port), and the path. */
function place(url: URL): { origin: string; path: string } {
  return { origin: `${url.protocol}//${url.host}`, path: url.pathname.replace(/\/$/, '') };
}

/**
 * Finds the registered resource that a client means (clients.md pain 7): the case of scheme and host, the default
 * port, one trailing slash and a query do not matter, and the bare origin stands for the only resource there.
 * @returns the resource identifier as it is registered, byte for byte
 * @throws OAuthError invalid_target if it is malformed, unknown, takes API keys only or could mean several
 */
export function canonicalResource(value: string, servers: readonly ProtectedServer[]): string {
  const exact = servers.find((server) => server.resource === value);
  if (exact) return takingTokens(exact);

  const asked = place(parse(value));
  const here = servers
    .map((server) => ({ server, ...place(new URL(server.resource)) }))
    .filter((known) => known.origin === asked.origin);
  const samePath = here.filter((known) => known.path === asked.path);
  const meant =
    samePath.length === 0 && asked.path === '' ? here.filter(({ server }) => takesTokens(server)) : samePath;
  if (meant.length > 1) refuse('could mean several servers', 'resource_ambiguous');
  return meant[0] ? takingTokens(meant[0].server) : refuse('is unknown here', 'resource_unknown');
}

function takingTokens(server: ProtectedServer): string {
  if (!takesTokens(server)) throw keysOnly();
  return server.resource;
}
