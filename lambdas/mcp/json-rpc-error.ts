/** JSON-RPC codes that this room answers with itself; all others are the SDK's. */
export const jsonRpcCode = {
  parseError: -32700,
  invalidRequest: -32600,
  internalError: -32603,
  refused: -32000,
} as const;

export interface JsonRpcErrorDetail {
  readonly id?: unknown;
  readonly data?: Record<string, unknown>;
  readonly headers?: Record<string, string>;
}

/** An HTTP answer whose body is a JSON-RPC error (MCP, "Sending Messages to the Server"). */
export function jsonRpcError(
  status: number,
  code: number,
  message: string,
  { id, data, headers }: JsonRpcErrorDetail = {},
): Response {
  const known = typeof id === 'string' || typeof id === 'number' ? id : null;
  const error = { code, message, ...(data && { data }) };
  return Response.json({ jsonrpc: '2.0', id: known, error }, { status, ...(headers && { headers }) });
}
