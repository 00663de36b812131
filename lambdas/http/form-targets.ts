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
 * @param redirectUri one that was matched against its client
 */
export function formTargets(redirectUri: string): readonly string[] {
  const url = new URL(redirectUri);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return [url.protocol];
  // CSP's grammar has no IPv6 address, so that host can only be named by its scheme.
  if (url.hostname.startsWith('[')) return [url.protocol];
  return [url.origin, ...(onward[url.hostname] ?? [])];
}
