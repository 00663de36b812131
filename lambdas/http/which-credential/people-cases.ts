import { html } from '../pages/html.ts';
import type { CredentialCase, Deployment } from './credential-case.ts';

/** Where a person is there, who signs in or has signed in. */
export function peopleCases({ issuer, withToken, withKey }: Deployment): readonly CredentialCase[] {
  return [
    ...(withToken ? connecting(withToken.url) : []),
    ...(withKey
      ? [
          {
            id: 'script',
            who: 'A script of yours, on your own machine',
            credential: 'An API key of your own',
            how: [
              html`Make it at <a href="${issuer}/account/keys/new">${issuer}/account/keys/new</a>, for the servers and
                tools that the script needs and no longer than it is needed. You can take it back there.`,
            ],
            blocks: [toolsList(withKey.url, '$GATEHOUSE_KEY')],
          },
        ]
      : []),
  ];
}

/** Where nothing is called, and only a name is wanted. */
export function signInCase({ issuer }: Pick<Deployment, 'issuer'>): CredentialCase {
  return {
    id: 'sign-in',
    who: 'An app that only wants to know who somebody is',
    credential: 'OpenID Connect',
    how: ['Register the app as a client with its redirect URI, and ask for the scope openid. It opens no MCP server.'],
    blocks: [`${issuer}/.well-known/openid-configuration`],
  };
}

function connecting(url: string): readonly CredentialCase[] {
  return [
    {
      id: 'client',
      who: 'You, in Claude, Cursor, VS Code, ChatGPT or another MCP client',
      credential: 'OAuth: there is nothing to make',
      how: ['Give the client the URL. It opens a browser, in which you sign in and say what it may do.'],
      blocks: [`claude mcp add --transport http NAME ${url}`],
    },
    {
      id: 'token',
      who: 'You, with curl, for an hour',
      credential: 'An access token',
      how: ['The command line signs you in and prints a token that ends by itself. Nothing is kept.'],
      blocks: [`TOKEN=$(npx gatehouse login ${url})`, toolsList(url, '$TOKEN')],
    },
    {
      id: 'device',
      who: 'A machine without a browser: a server, a container, a board',
      credential: 'A device code',
      how: ['The machine shows a code; you enter it on your phone or laptop, and sign in there.'],
      blocks: [`npx gatehouse login --device ${url}`],
    },
  ];
}

/** A call that shows that the credential works. */
export function toolsList(url: string, credential: string): string {
  const ask = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
  return [
    `curl ${url}`,
    `-H "Authorization: Bearer ${credential}"`,
    `-H 'Content-Type: application/json'`,
    `-H 'Accept: application/json, text/event-stream'`,
    `-d '${ask}'`,
  ].join(' \\\n  ');
}
