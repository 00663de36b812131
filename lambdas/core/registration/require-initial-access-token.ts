import { sameText } from '../digest.ts';
import { OAuthError } from '../errors.ts';

/**
 * Lets only those register whom an administrator gave the initial access token (RFC 7591 §3).
 * @param token the bearer token of the request; undefined if there is none
 * @param expected reads the right one
 * @throws OAuthError invalid_token
 */
export async function requireInitialAccessToken(
  token: string | undefined,
  expected: () => Promise<string>,
): Promise<void> {
  if (token !== undefined && sameText(token, await expected())) return;
  throw new OAuthError(
    'invalid_token',
    'registration here needs the initial access token as a bearer token; ask the administrator for it',
    { reason: token === undefined ? 'no_credential' : 'initial_access_token' },
  );
}
