import type { IncomingMessage, ServerResponse } from 'node:http';

export interface IdentityProviderSpec {
  /** Absolute URL without a trailing slash; its path is where the handler is mounted. */
  readonly issuer: string;
  /** Folder for the provider's keys (mode 0700, files 0600); made if absent. */
  readonly stateDir: string;
  readonly clients: readonly {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly redirectUris: readonly string[];
  }[];
}

/** A real OpenID provider for local development. The handler takes requests whose path is under the issuer's. */
export function createIdentityProvider(
  _spec: IdentityProviderSpec,
): Promise<{ handler: (req: IncomingMessage, res: ServerResponse) => void }> {
  return Promise.reject(new Error('not built yet'));
}
