/** The tool call in a JSON-RPC message of any shape, if it is one. */
export function toolCall(message: unknown): { readonly tool: string; readonly id: unknown } | undefined {
  if (!isObject(message) || message['method'] !== 'tools/call' || !isObject(message['params'])) return undefined;
  const { name } = message['params'];
  return typeof name === 'string' ? { tool: name, id: message['id'] } : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
