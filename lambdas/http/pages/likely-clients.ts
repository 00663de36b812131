/** MCP clients that the pages know by name. */
export type KnownClient =
  | 'Claude'
  | 'Claude Code'
  | 'ChatGPT'
  | 'Cursor'
  | 'VS Code'
  | 'GitHub Copilot CLI'
  | 'Codex CLI'
  | 'Gemini CLI'
  | 'mcp-remote'
  | 'MCP Inspector';

/**
 * Callbacks as clients send them (clients.md, registry): the first that fits counts. Many listen on a port of this
 * computer, and some share their path, so that more than one can be meant.
 */
const callbacks: readonly { readonly callback: RegExp; readonly clients: readonly KnownClient[] }[] = [
  { callback: /^https:\/\/claude\.(ai|com)\/api\/mcp\//, clients: ['Claude'] },
  { callback: /^claude:\/\//, clients: ['Claude Code'] },
  { callback: /^https:\/\/chatgpt\.com\/connector/, clients: ['ChatGPT'] },
  { callback: /^(cursor:\/\/|https:\/\/(www\.)?cursor\.com\/)/, clients: ['Cursor'] },
  { callback: /^http:\/\/localhost:8787\/callback$/, clients: ['Cursor', 'Claude Code'] },
  { callback: /^https:\/\/(insiders\.)?vscode\.dev\/redirect/, clients: ['VS Code'] },
  { callback: /^(vscode|vscode-insiders|vscodium|code-oss):\/\//, clients: ['VS Code'] },
  { callback: /^http:\/\/127\.0\.0\.1:33418\/$/, clients: ['VS Code', 'GitHub Copilot CLI'] },
  { callback: /^http:\/\/127\.0\.0\.1(:\d+)?\/$/, clients: ['VS Code', 'GitHub Copilot CLI'] },
  { callback: /^http:\/\/localhost:6274\/oauth\/callback(\/debug)?$/, clients: ['MCP Inspector'] },
  { callback: /^http:\/\/localhost:7777\/oauth\/callback$/, clients: ['Gemini CLI', 'mcp-remote'] },
  { callback: /^http:\/\/(localhost|127\.0\.0\.1):\d+\/oauth\/callback$/, clients: ['mcp-remote'] },
  { callback: /^http:\/\/localhost(:\d+)?\/callback$/, clients: ['Claude Code'] },
  { callback: /^http:\/\/127\.0\.0\.1:\d+\/callback\b/, clients: ['Codex CLI', 'Claude Code'] },
];

/**
 * Which client probably sent a request, told from its redirect URI: nothing else in it can be believed, and this only
 * for a hint. Empty if it could be any.
 */
export function likelyClients(redirectUri: string | undefined): readonly KnownClient[] {
  return callbacks.find(({ callback }) => callback.test(redirectUri ?? ''))?.clients ?? [];
}
