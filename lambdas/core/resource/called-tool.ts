/**
 * The tool that a request calls, if its headers say so (MCP 2026-07-28, "Standard Request Headers"). Only an early
 * answer hangs on it: the MCP server judges by the body, and refuses bodies that differ from their headers.
 * @returns undefined if it calls none, or says it in a way that the MCP server will refuse
 */
export function calledTool(method: readonly string[], name: readonly string[]): string | undefined {
  if (method.length !== 1 || name.length !== 1 || method[0]?.trim() !== 'tools/call') return undefined;
  return decode(name[0]?.trim() ?? '');
}

// MCP 2026-07-28: a value that is no plain ASCII travels as =?base64?<canonical base64 of its UTF-8>?=
function decode(value: string): string | undefined {
  const encoded = /^=\?base64\?(.*)\?=$/.exec(value)?.[1];
  if (encoded === undefined) return value;
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.toString('base64') !== encoded) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
