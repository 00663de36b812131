import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';
import { IdentityProviderError } from '../core/ports/identity-provider.ts';

type Kind = IdentityProviderError['kind'];

const sentences: Record<Kind, string> = {
  denied: 'the identity provider refused the sign-in',
  unavailable: 'the identity provider cannot be reached',
  invalid: 'the identity provider gave an answer that cannot be used',
};

/** What openid-client calls a timeout, an aborted request and an unexpected status. */
const outages = ['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM'];

/**
 * Whatever went wrong at the identity provider, as the port names it. The cause is for the log.
 * @param kind what to call it, if the place where it happened says so
 */
export function identityProviderError(error: unknown, kind: Kind = kindOf(error)): IdentityProviderError {
  if (error instanceof IdentityProviderError) return error;
  return new IdentityProviderError(kind, sentences[kind], error);
}

function kindOf(error: unknown): Kind {
  // OAuth 2.1 §4.1.2.1: the provider sent the browser back with an error
  if (error instanceof AuthorizationResponseError) return kindOfCode(error.error);
  // OAuth 2.1 §3.2.4: the provider's token endpoint refused
  if (error instanceof ResponseBodyError) return error.status >= 500 ? 'unavailable' : kindOfCode(error.error);
  if (error instanceof ClientError) return outages.includes(error.code ?? '') ? 'unavailable' : 'invalid';
  // fetch throws a TypeError if there is no answer; openid-client's own have a code
  return error instanceof TypeError && !('code' in error) ? 'unavailable' : 'invalid';
}

function kindOfCode(code: string): Kind {
  if (code === 'access_denied') return 'denied';
  return code === 'server_error' || code === 'temporarily_unavailable' ? 'unavailable' : 'invalid';
}
