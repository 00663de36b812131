import { isJsonContentType, readRequestBody } from '@modelcontextprotocol/server';
import { jsonRpcCode, jsonRpcError } from './json-rpc-error.ts';

/** Bytes: 1 MiB. */
const longest = 2 ** 20;

/** The body of a POST as JSON, or the answer to one that cannot be read. */
export async function readMessage(request: Request): Promise<{ body: unknown } | { refusal: Response }> {
  if (!isJsonContentType(request.headers.get('content-type'))) {
    return refuse(415, jsonRpcCode.refused, 'Content-Type must be application/json.');
  }
  const read = await readRequestBody(request, longest);
  if (read.tooLarge) return refuse(413, jsonRpcCode.refused, `The body is longer than ${longest} bytes.`);
  const body = parse(read.text);
  if (body === undefined) return refuse(400, jsonRpcCode.parseError, 'The body is not JSON.');
  // MCP 2025-06-18 took batches away again; its clients name their revision in this header.
  if (Array.isArray(body) && (request.headers.get('mcp-protocol-version') ?? '') > '2025-03-26') {
    return refuse(400, jsonRpcCode.invalidRequest, 'This protocol revision knows no batches.');
  }
  return { body };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function refuse(status: number, code: number, message: string): { refusal: Response } {
  return { refusal: jsonRpcError(status, code, message) };
}
