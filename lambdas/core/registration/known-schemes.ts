/**
 * Private-use schemes without a dot that well-known MCP clients registered for themselves. RFC 8252 §7.1 asks for a
 * dot, but these apps do not have one, and refusing theirs means that login never starts (clients.md pain 6). Any app
 * on the person's computer can claim a scheme; PKCE keeps a stolen code worthless.
 */
export const knownSchemes: ReadonlySet<string> = new Set([
  'claude',
  'cursor',
  'vscode',
  'vscode-insiders',
  'vscodium',
  'code-oss',
  'windsurf',
  'kiro',
  'trae',
  'zed',
  'goose',
  'raycast',
  'warp',
  'jetbrains',
]);
