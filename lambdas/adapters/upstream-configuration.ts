import * as oidc from 'openid-client';
import type { Clock } from '../core/ports/clock.ts';
import type { KnownGroups } from './groups-in.ts';
import { identityProviderError } from './identity-provider-error.ts';
import { systemClock } from './system.ts';

export interface UpstreamOidcOptions {
  /** Issuer of the OpenID provider, as its discovery document spells it. */
  readonly issuer: string;
  readonly clientId: string;
  /** Read at each discovery, so that a rotated secret needs no deployment. */
  readonly clientSecret: () => Promise<string>;
  /** Absolute URL of our callback, as registered at the provider; without a query. */
  readonly redirectUri: string;
  /** @default none: nobody's groups mean anything */
  readonly groups?: KnownGroups | undefined;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/** Seconds for which a discovery document is believed. */
const memory = 600;
/** Seconds for each request to the provider. */
const timeout = 5;

/**
 * The provider's configuration by OpenID Connect Discovery, remembered for ten minutes. Parallel calls share one
 * request; a failure is not remembered.
 * @returns a function that throws IdentityProviderError `unavailable` if the provider cannot be discovered
 */
export function upstreamConfiguration(options: UpstreamOidcOptions): () => Promise<oidc.Configuration> {
  const { clock = systemClock } = options;
  let known: { readonly config: Promise<oidc.Configuration>; readonly until: number } | undefined;
  return () => {
    if (known && clock.now() < known.until) return known.config;
    const config = discover(options);
    const mine = { config, until: clock.now() + memory };
    known = mine;
    config.catch(() => {
      if (known === mine) known = undefined;
    });
    return config;
  };
}

async function discover({ issuer, clientId, clientSecret }: UpstreamOidcOptions): Promise<oidc.Configuration> {
  const secret = await clientSecret();
  const server = new URL(issuer);
  // OIDC Core §3.1.3.7 lets TLS stand for the id_token's signature; we verify it all the same.
  const execute = [oidc.enableNonRepudiationChecks, ...(isLoopback(server) ? [oidc.allowInsecureRequests] : [])];
  try {
    return await oidc.discovery(server, clientId, undefined, authentication(secret), { execute, timeout });
  } catch (error) {
    throw identityProviderError(error, 'unavailable');
  }
}

/** `client_secret_basic`, the default of OpenID Connect Discovery §3, unless the provider takes only `client_secret_post`. */
function authentication(secret: string): oidc.ClientAuth {
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const method = methods.includes('client_secret_basic') ? oidc.ClientSecretBasic : oidc.ClientSecretPost;
    method(secret)(server, client, body, headers);
  };
}

/** Plain http only where no network can listen. */
function isLoopback({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
