import * as oauth from 'openid-client';
import type { Io } from '../io.ts';
import { plain } from '../output/plain.ts';
import { explainError } from './explain-error.ts';
import { toldUrl } from './judge-url.ts';
import { listen } from './loopback-listener.ts';
import { openBrowser } from './open-browser.ts';
import type { SignInChoice, TokenAnswer, Wish } from './sign-in.ts';
import { withDeadline } from './with-deadline.ts';

/** Authorization code with PKCE over the loopback interface (RFC 8252). @throws CommandError */
export async function codeSignIn(
  config: oauth.Configuration,
  { issuer, resource, scope }: Wish,
  { port, browser, timeout }: SignInChoice,
  io: Io,
): Promise<TokenAnswer> {
  const verifier = oauth.randomPKCECodeVerifier();
  const state = oauth.randomState();
  const listener = await listen(port, state);
  try {
    const url = await authorizationUrl(config, issuer, {
      redirect_uri: listener.redirectUri,
      state,
      resource,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(scope !== undefined && { scope }),
    }).catch((error: unknown) => Promise.reject(explainError(error, issuer)));
    io.note(browser ? 'Your browser opens for the sign-in. If it does not, open:' : 'Open this to sign in:');
    io.note(`\n  ${plain(url.href)}\n`);
    if (browser) openBrowser(url);
    const landing = await withDeadline(listener.landing, timeout, io.interrupted);
    try {
      const checks = { pkceCodeVerifier: verifier, expectedState: state };
      const tokens = await oauth.authorizationCodeGrant(config, landing.url, checks, { resource });
      landing.finish(true);
      return tokens;
    } catch (error) {
      landing.finish(false);
      throw explainError(error, issuer);
    }
  } finally {
    await listener.close();
  }
}

async function authorizationUrl(
  config: oauth.Configuration,
  issuer: URL,
  parameters: Record<string, string>,
): Promise<URL> {
  const server = config.serverMetadata();
  // Judged before a browser gets it: a file: or another program's address would be opened as well.
  toldUrl(server.authorization_endpoint, 'authorization endpoint', issuer);
  // RFC 9126 §5
  if (server.require_pushed_authorization_requests) return oauth.buildAuthorizationUrlWithPAR(config, parameters);
  return oauth.buildAuthorizationUrl(config, parameters);
}
