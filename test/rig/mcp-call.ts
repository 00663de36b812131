/** An answer of an MCP endpoint, of any status. */
export interface McpAnswer {
  readonly status: number;
  /** `WWW-Authenticate`, if any. */
  readonly challenge: string | undefined;
  readonly headers: Headers;
  readonly body: string;
}

/** Sends one JSON-RPC request as a client of 2025-11-25 does, with an access token or without. */
export async function callMcp(
  url: string,
  token?: string,
  options: { method?: string; params?: unknown; headers?: Record<string, string> } = {},
): Promise<McpAnswer> {
  const message = { jsonrpc: '2.0', id: 1, method: options.method ?? 'tools/list', params: options.params ?? {} };
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'mcp-protocol-version': '2025-11-25',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...options.headers,
  };
  return await readMcp(await fetch(url, { method: 'POST', headers, body: JSON.stringify(message) }));
}

export async function readMcp(answer: Response): Promise<McpAnswer> {
  const challenge = answer.headers.get('www-authenticate') ?? undefined;
  return { status: answer.status, challenge, headers: answer.headers, body: await answer.text() };
}
