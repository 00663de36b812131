import { OAuthError } from './errors.ts';
import type { ProtectedServer } from './protected-server.ts';

type WithKeys = Pick<ProtectedServer, 'apiKeys'>;

/** The servers for which tokens are made; the others take API keys only, and no client can ask for them. */
export function tokenServers<S extends WithKeys>(servers: readonly S[]): readonly S[] {
  return servers.filter(takesTokens);
}

/** Whether a token can open a server. */
export function takesTokens({ apiKeys }: WithKeys): boolean {
  return apiKeys !== 'only';
}

/** No token is made for a server that takes API keys only. */
export function keysOnly(): OAuthError {
  return new OAuthError('invalid_target', 'this resource takes API keys only; make one at /account and send it there', {
    reason: 'keys_only',
  });
}
