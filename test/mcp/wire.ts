/** Requests as they go over the wire, revision by revision. */

type Init = { method: string; headers: Record<string, string>; body: string };

export interface Message {
  readonly jsonrpc?: string;
  readonly id?: unknown;
  readonly result?: Record<string, unknown>;
  readonly error?: { code: number; message: string; data?: Record<string, unknown> };
}

const accept = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

/** A POST as clients of the revisions before 2026-07-28 send it. */
export function legacyPost(body: unknown, headers: Record<string, string> = {}): Init {
  return { method: 'POST', headers: { ...accept, ...headers }, body: JSON.stringify(body) };
}

/** `_meta` of a 2026-07-28 request. */
export function envelope(version = '2026-07-28'): Record<string, unknown> {
  return {
    'io.modelcontextprotocol/protocolVersion': version,
    'io.modelcontextprotocol/clientCapabilities': {},
    'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1.0.0' },
  };
}

/** A POST as clients of 2026-07-28 send it; `headers` overrides, an empty value removes. */
export function modernPost(
  method: string,
  params: Record<string, unknown> = {},
  headers: Record<string, string> = {},
  version = '2026-07-28',
): Init {
  const name = params['name'];
  const standard = {
    ...accept,
    'mcp-protocol-version': version,
    'mcp-method': method,
    ...(typeof name === 'string' && { 'mcp-name': name }),
    ...headers,
  };
  const body = { jsonrpc: '2.0', id: 7, method, params: { _meta: envelope(version), ...params } };
  const kept = Object.fromEntries(Object.entries(standard).filter(([, value]) => value !== ''));
  return { method: 'POST', headers: kept, body: JSON.stringify(body) };
}

/** The JSON-RPC messages of an answer, whether it came as JSON or as a stream of events. */
export async function messagesOf(response: Response): Promise<Message[]> {
  const text = await response.text();
  if (!response.headers.get('content-type')?.startsWith('text/event-stream'))
    return [JSON.parse(text) as Message].flat();
  return text
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .flatMap((line) => [JSON.parse(line.slice(6)) as Message].flat());
}

/** The one JSON-RPC message of an answer. */
export async function messageOf(response: Response): Promise<Message> {
  const [message, ...more] = await messagesOf(response);
  if (!message || more.length > 0) throw new Error(`expected one message, got ${more.length + (message ? 1 : 0)}`);
  return message;
}
