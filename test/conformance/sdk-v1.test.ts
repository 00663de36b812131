import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { expect, inject, test } from 'vitest';
import { MemoryProvider } from '../rig/memory-provider.ts';

const { baseUrl, mcpUrls } = inject('gatehouse');
const url = new URL(mcpUrls['todo'] ?? '');

async function connect(provider: MemoryProvider): Promise<Client> {
  const client = new Client({ name: 'sdk-v1', version: '1.0.0' });
  const transport = new StreamableHTTPClientTransport(url, { authProvider: provider });
  await client.connect(transport);
  return client;
}

async function signIn(provider: MemoryProvider): Promise<Client> {
  const transport = new StreamableHTTPClientTransport(url, { authProvider: provider });
  const client = new Client({ name: 'sdk-v1', version: '1.0.0' });
  await expect(client.connect(transport)).rejects.toThrow(UnauthorizedError);
  await transport.finishAuth(provider.landing?.searchParams.get('code') ?? '');
  return await connect(provider);
}

test('RS-01 RS-03 AS-01 AS-31 AS-61 a client of SDK v1 goes from a bare URL to a tool call', async () => {
  const provider = new MemoryProvider();
  const client = await signIn(provider);
  const { tools } = await client.listTools();
  expect(tools.length).toBeGreaterThan(0);
  const readable = tools.find((tool) => (tool.inputSchema.required ?? []).length === 0);
  const result = await client.callTool({ name: readable?.name ?? '', arguments: {} });
  expect(result.isError ?? false).toBe(false);
  await client.close();
});

test('AS-46 AS-47 the redirect to SDK v1 has code, state-free parameters and the issuer, each once', async () => {
  const provider = new MemoryProvider();
  await (await signIn(provider)).close();
  expect(provider.authorizationUrl?.searchParams.get('resource')).toBe(url.href);
  const parameters = [...(provider.landing?.searchParams.keys() ?? [])].sort();
  expect(parameters).toEqual(['code', 'iss']);
  expect(provider.landing?.searchParams.get('iss')).toBe(baseUrl);
});

test('AS-67 SDK v1 refreshes by itself when its access token no longer works', async () => {
  const provider = new MemoryProvider();
  await (await signIn(provider)).close();
  const first = provider.tokens()?.refresh_token;
  provider.spoilAccessToken();
  provider.landing = undefined;
  const client = await connect(provider);
  expect((await client.listTools()).tools.length).toBeGreaterThan(0);
  expect(provider.landing).toBeUndefined();
  expect(provider.tokens()?.refresh_token).not.toBe(first);
  await client.close();
});

test('AS-45 a person who cancels is sent back with access_denied, and SDK v1 stays signed out', async () => {
  const provider = new MemoryProvider(undefined, 'deny');
  await expect(connect(provider)).rejects.toThrow(UnauthorizedError);
  expect(provider.landing?.searchParams.get('error')).toBe('access_denied');
  expect(provider.landing?.searchParams.has('code')).toBe(false);
  expect(provider.landing?.searchParams.get('iss')).toBe(baseUrl);
  expect(provider.tokens()).toBeUndefined();
});
