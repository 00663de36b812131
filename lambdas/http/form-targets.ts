import type { ConsentView } from '../core/authorize/consent-view.ts';

/**
 * Web callbacks that go on into an installed app. Chromium holds a page's `form-action` against every redirect that
 * follows its form, so the hop after ours must be named as well.
 */
const onward: Readonly<Record<string, readonly string[]>> = {
  'claude.ai': ['https://claude.com', 'claude:'],
  'claude.com': ['https://claude.ai', 'claude:'],
  'chatgpt.com': ['chatgpt:'],
  'www.cursor.com': ['https://cursor.com', 'cursor:'],
  'cursor.com': ['https://www.cursor.com', 'cursor:'],
  'vscode.dev': ['vscode:', 'vscode-insiders:', 'http://127.0.0.1:*', 'http://localhost:*'],
  'insiders.vscode.dev': ['vscode:', 'vscode-insiders:', 'http://127.0.0.1:*', 'http://localhost:*'],
};

/**
 * The CSP `form-action` sources that let a browser follow the redirect from our form to a client.
 * @param redirect of a URI that was matched against its client
 */
export function formTargets({ kind, host }: ConsentView['redirect']): readonly string[] {
  if (kind === 'private-use') return [scheme(host)];
  if (kind === 'https') return [new URL(`https://${host}`).origin, ...(onward[host] ?? [])];
  // CSP's grammar has no IPv6 address, so that host can only be named by its scheme.
  return [host.startsWith('[') ? 'http:' : new URL(`http://${host}`).origin];
}

// Taken apart by hand: a header value must not carry what a stranger put behind the scheme.
function scheme(uri: string): string {
  return /^[a-z][a-z0-9+.-]*:/i.exec(uri)?.[0].toLowerCase() ?? "'none'";
}
