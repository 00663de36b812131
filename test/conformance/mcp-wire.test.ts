import { describe, expect, inject, test } from 'vitest';
import { messageOf, modernPost } from '../mcp/wire.ts';
import { callMcp } from '../rig/mcp-call.ts';
import { OAuthClient } from '../rig/oauth-client.ts';

const { baseUrl, mcpUrls } = inject('gatehouse');
const mcpUrl = mcpUrls['todo'] ?? '';

const client = await OAuthClient.register(baseUrl);
const { accessToken: reading } = await client.signIn({ parameters: { scope: 'todo:read' } });
const { accessToken: writing } = await client.signIn({ parameters: { scope: 'todo:write' } });

function send(token: string, init: ReturnType<typeof modernPost>): Promise<Response> {
  return fetch(mcpUrl, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });
}

async function toolsOf(response: Response): Promise<string[]> {
  const { result } = await messageOf(response);
  return (result?.['tools'] as { name: string }[]).map(({ name }) => name);
}

describe('RS-08 tools/list offers what the scopes of the token open', () => {
  const readable = ['list_todos', 'get_todo', 'whoami'];

  test('2026-07-28', async () => {
    expect(await toolsOf(await send(reading, modernPost('tools/list')))).toEqual(readable);
    expect(await toolsOf(await send(writing, modernPost('tools/list')))).toHaveLength(6);
  });

  test('2025-11-25', async () => {
    const named = (body: string) => [...body.matchAll(/"name":"(\w+)"/g)].map(([, name]) => name);
    expect(named((await callMcp(mcpUrl, reading)).body)).toEqual(readable);
    expect(named((await callMcp(mcpUrl, writing)).body)).toHaveLength(6);
  });
});

describe('MS-03 headers that differ from the body are refused behind the gateway too', () => {
  const creating = { name: 'create_todo', arguments: { title: 'Never' } };

  test.each([
    ['Mcp-Method of another method', writing, { 'mcp-method': 'tools/list' }],
    ['Mcp-Name of another tool', writing, { 'mcp-name': 'whoami' }],
    ['MCP-Protocol-Version of another revision', writing, { 'mcp-protocol-version': '2025-11-25' }],
  ])('%s: 400, -32020', async (_, token, headers) => {
    const response = await send(token, modernPost('tools/call', creating, headers));
    expect(response.status).toBe(400);
    expect((await messageOf(response)).error?.code).toBe(-32020);
  });

  test('RS-07 a header that names an open tool does not carry a call past its scope', async () => {
    for (const headers of [{ 'mcp-name': 'whoami' }, { 'mcp-method': 'tools/list', 'mcp-name': '' }]) {
      const response = await send(reading, modernPost('tools/call', creating, headers));
      expect(response.status).toBe(403);
    }
    const list = await send(reading, modernPost('tools/call', { name: 'list_todos', arguments: {} }));
    expect(JSON.stringify((await messageOf(list)).result)).not.toContain('Never');
  });
});
