/** What a started runner offers. */
export interface Offer {
  /** The issuer: base URL of everything. */
  readonly baseUrl: string;
  /** Server name to URL of its MCP endpoint. */
  readonly mcpUrls: Readonly<Record<string, string>>;
  readonly statePath: string;
  /** Whether the embedded identity provider signs people in. */
  readonly embeddedSignIn: boolean;
}

/** MCP servers of the stack by name, from its outputs `McpUrl<Name>`. */
export function mcpUrlsOf(outputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(outputs)
      .filter(([name]) => name.startsWith('McpUrl'))
      .map(([name, url]) => [kebab(name.slice('McpUrl'.length)) || 'gatehouse', url]),
  );
}

/** What people read when everything is up: where it is, how to sign in, what to paste where. */
export function readyBlock(offer: Offer): string {
  const servers = Object.entries(offer.mcpUrls);
  return [
    '',
    'Gatehouse is ready.',
    ...servers.map(([name, url]) => `  MCP server  ${name.padEnd(12)} ${url}`),
    `  Issuer                   ${offer.baseUrl}`,
    ...(offer.embeddedSignIn
      ? [
          '  Sign in with any name and any password; admin is an administrator, auditor may look at everything.',
          `  Console                  ${offer.baseUrl}/admin`,
          `  Your own access          ${offer.baseUrl}/account`,
        ]
      : []),
    ...servers.flatMap(([name, url]) => ['', `Connect to ${name}:`, ...clientLines(name, url)]),
    '',
    `For scripts, CI and machines: ${offer.baseUrl}/which-credential`,
    `State is kept in ${offer.statePath}; --fresh begins empty. Ctrl+C stops.`,
    '',
  ].join('\n');
}

function clientLines(name: string, url: string): string[] {
  const cursor = JSON.stringify({ mcpServers: { [name]: { url } } });
  const code = JSON.stringify({ name, type: 'http', url });
  return [
    `  Claude Code    claude mcp add --transport http ${name} ${url}`,
    `  Cursor         in ~/.cursor/mcp.json: ${cursor}`,
    `  VS Code        code --add-mcp '${code}'`,
    `  mcp-remote     npx mcp-remote ${url}`,
    `  MCP Inspector  npx @modelcontextprotocol/inspector --cli ${url} --transport http --method tools/list`,
  ];
}

function kebab(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
}
