import type { IdentityProvider } from '../core/ports/identity-provider.ts';

export interface UpstreamOidcOptions {
  /** Issuer of the OpenID provider, as its discovery document spells it. */
  readonly issuer: string;
  readonly clientId: string;
  /** Read when it is needed, so that a rotated secret needs no deployment. */
  readonly clientSecret: () => Promise<string>;
  /** Absolute URL of our callback, as registered at the provider. */
  readonly redirectUri: string;
}

/** Sign-in at an OpenID provider: authorization code flow with PKCE, state and nonce. */
export function upstreamOidc(_options: UpstreamOidcOptions): IdentityProvider {
  throw new Error('not built yet');
}
