import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as client from 'openid-client';
import { createIdentityProvider } from '../../local/identity-provider/start.ts';

export const callback = 'http://localhost:8787/callback';

export interface RunningProvider {
  readonly issuer: string;
  readonly configuration: client.Configuration;
  stop(): Promise<void>;
}

/** The provider on a free port, under a path, and an openid-client that discovered it. */
export async function runProvider(
  stateDir: string,
  options: { port?: number; auth?: typeof client.ClientSecretPost } = {},
): Promise<RunningProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}/local-idp`;
  const clients = [{ clientId: 'gatehouse', clientSecret: 'a secret/with+signs', redirectUris: [callback] }];
  const { handler } = await createIdentityProvider({ issuer, stateDir, clients });
  server.on('request', (request, response) => {
    // A connection kept open would fail the first request after a restart.
    response.shouldKeepAlive = false;
    handler(request, response);
  });
  const configuration = await client.discovery(
    new URL(issuer),
    'gatehouse',
    { client_secret: 'a secret/with+signs' },
    (options.auth ?? client.ClientSecretPost)('a secret/with+signs'),
    { execute: [client.allowInsecureRequests] },
  );
  return { issuer, configuration, stop: () => close(server) };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** An authorization request with PKCE, state and nonce. */
export async function begin(
  configuration: client.Configuration,
  extra: Record<string, string> = {},
): Promise<{ url: string; checks: client.AuthorizationCodeGrantChecks }> {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()];
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: callback,
    scope: 'openid email profile',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
    ...extra,
  });
  return { url: url.href, checks: { pkceCodeVerifier, expectedState, expectedNonce } };
}
