import type { AuthorizationRequest } from '../authorization-request.ts';
import type { Client } from '../client.ts';
import { digest } from '../digest.ts';
import { OAuthError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Interactions } from '../ports/interactions.ts';

/** How a `request_uri` of ours begins (RFC 9126 §2.2). */
export const requestUriPrefix = 'urn:ietf:params:oauth:request_uri:';

function refused(reason: string): OAuthError {
  return new OAuthError(
    'invalid_request_uri',
    'request_uri is unknown, expired or was used before; push the request again, or start again in your client',
    { reason },
  );
}

/**
 * The request behind a `request_uri`. It stays good until `takePushed` uses it up.
 * @throws OAuthError invalid_request_uri: nobody may be redirected, since nothing says where to
 */
export async function findPushed(
  requestUri: string,
  client: Client,
  deps: { readonly interactions: Pick<Interactions, 'findPushed'>; readonly clock: Clock },
): Promise<{ readonly request: AuthorizationRequest; readonly pushed: string }> {
  // 32 random bytes as base64url; the store is not asked for anything else.
  const reference = requestUri.startsWith(requestUriPrefix) ? requestUri.slice(requestUriPrefix.length) : '';
  if (!/^[\w-]{43}$/.test(reference)) throw refused('request_uri_foreign');
  const found = await deps.interactions.findPushed(digest(reference), deps.clock.now());
  if (!found) throw refused('request_uri_unknown');
  // RFC 9126 §2.2: bound to the client that pushed it.
  if (found.request.clientId !== client.clientId) throw refused('request_uri_of_other_client');
  return { request: found.request, pushed: found.digest };
}

/**
 * Uses up the pushed request of an accepted one, if it was pushed (RFC 9126 §7.3: once). Called where its login
 * transaction or code is made, so that whoever reloads a page before that point is not stranded.
 * @param pushed digest of its reference; undefined for a request that came with the browser
 * @throws OAuthError invalid_request_uri if it was used meanwhile
 */
export async function takePushed(
  pushed: string | undefined,
  deps: { readonly interactions: Pick<Interactions, 'takePushed'>; readonly clock: Clock },
): Promise<void> {
  if (pushed === undefined) return;
  if (!(await deps.interactions.takePushed(pushed, deps.clock.now()))) throw refused('request_uri_used');
}
