import type { IncomingMessage, ServerResponse } from 'node:http';
import { Provider } from 'oidc-provider';
import type { Account } from './account.ts';
import { configure } from './configuration.ts';
import { interact } from './interaction.ts';
import { keepKeys } from './keys.ts';

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

/**
 * A real OpenID provider for local development: code flow with PKCE, a sign-in page that takes any name and
 * password, `<issuer>/sign-out`. The handler takes requests whose path is under the issuer's, body unread.
 */
export async function createIdentityProvider(
  spec: IdentityProviderSpec,
): Promise<{ handler: (req: IncomingMessage, res: ServerResponse) => void }> {
  const issuer = new URL(spec.issuer);
  const mountPath = issuer.pathname.replace(/\/$/, '');
  const people = new Map<string, Account>();
  const provider = new Provider(spec.issuer, configure(spec, keepKeys(spec.stateDir), mountPath, people));
  provider.proxy = true;
  const protocol = provider.callback();
  return {
    handler(request, response) {
      const url = request.url ?? '/';
      const path = url.startsWith(`${mountPath}/`) ? url.slice(mountPath.length) : '/';
      // The provider makes its URLs of these: they must say what the issuer says, whatever the caller sent.
      request.headers['x-forwarded-proto'] = issuer.protocol.slice(0, -1);
      request.headers['x-forwarded-host'] = issuer.host;
      Object.assign(request, { originalUrl: mountPath + path, url: path });
      const page = path.split('?')[0] ?? path;
      const answer = page.startsWith('/interaction/')
        ? interact(provider, mountPath + page, (account) => people.set(account.sub, account), request, response)
        : protocol(request, response);
      answer.catch((error: unknown) => {
        console.error('identity provider:', error);
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    },
  };
}
