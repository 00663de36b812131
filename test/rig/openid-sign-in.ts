import * as oidc from 'openid-client';
import { defaultRedirectUri, postJson } from './oauth-client.ts';
import type { Answer } from './person.ts';
import { Person } from './person.ts';

/** A client of OpenID Connect that trusts nothing: discovery, signatures, state, nonce and issuer are all checked. */
export interface OpenIdClient {
  readonly config: oidc.Configuration;
  readonly clientId: string;
}

/** Registers a public client and discovers the provider, as a strict relying party. */
export async function openIdClient(issuer: string): Promise<OpenIdClient> {
  const registration = await postJson(`${issuer}/register`, {
    client_name: `OpenID ${crypto.randomUUID().slice(0, 8)}`,
    redirect_uris: [defaultRedirectUri],
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
  });
  const clientId = String(registration.body['client_id']);
  const config = await oidc.discovery(new URL(issuer), clientId, undefined, oidc.None(), {
    // The issuer of the local stack is a loopback http URL.
    execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks],
  });
  return { config, clientId };
}

/** Code flow with PKCE, state and nonce. @param parameters of the authorization request besides those */
export async function openIdSignIn(
  { config }: OpenIdClient,
  parameters: Record<string, string> = {},
  options: { readonly person?: Person; readonly answer?: Answer } = {},
): Promise<Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>> {
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [oidc.randomState(), oidc.randomNonce()];
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: defaultRedirectUri,
    scope: 'openid email profile',
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
    ...parameters,
  });
  const landing = await (options.person ?? new Person()).authorize(url, options.answer);
  const maxAge = parameters['max_age'] === undefined ? {} : { maxAge: Number(parameters['max_age']) };
  const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true, ...maxAge };
  return await oidc.authorizationCodeGrant(config, landing, checks);
}
