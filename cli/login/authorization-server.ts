import * as oauth from 'openid-client';
import { CommandError } from '../errors.ts';
import { explainError } from './explain-error.ts';
import { answerTimeout } from './get-json.ts';
import { isLoopback } from './judge-url.ts';
import { registerClient } from './register-client.ts';

/**
 * Discovers an authorization server (RFC 8414, or OpenID Connect Discovery where that is all there is) and becomes a
 * public client of it.
 * @param clientId of a client that is registered already. @default registers one
 * @throws CommandError
 */
export async function authorizationServer(
  issuer: URL,
  clientId: string | undefined,
  stop: AbortSignal,
): Promise<oauth.Configuration> {
  const found = await discover(issuer, stop);
  const metadata = found.serverMetadata();
  if (metadata.code_challenge_methods_supported?.includes('S256') === false) {
    throw new CommandError(`${issuer.href} offers no PKCE with S256; signing in there would not be safe.`);
  }
  const id = clientId ?? (await registerClient(metadata, stop));
  return configure(new oauth.Configuration(metadata, id, undefined, oauth.None()), issuer);
}

async function discover(issuer: URL, stop: AbortSignal): Promise<oauth.Configuration> {
  const execute = isLoopback(issuer) ? [oauth.allowInsecureRequests] : [];
  let first: unknown;
  for (const algorithm of ['oauth2', 'oidc'] as const) {
    stop.throwIfAborted();
    try {
      const options = { algorithm, execute, timeout: answerTimeout / 1000 };
      // The id is not known yet, and discovery does not send it.
      return await oauth.discovery(issuer, 'none', undefined, oauth.None(), options);
    } catch (error) {
      first ??= error;
    }
  }
  throw explainError(first, issuer, 'The metadata of the authorization server cannot be read');
}

/** @returns the same, with the rules for this issuer */
export function configure(config: oauth.Configuration, issuer: URL): oauth.Configuration {
  if (isLoopback(issuer)) oauth.allowInsecureRequests(config);
  config.timeout = answerTimeout / 1000;
  return config;
}
