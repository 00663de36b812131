import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';
import { describe, expect, inject, test } from 'vitest';
import { MemoryProvider } from '../rig/memory-provider.ts';

const { mcpUrls } = inject('gatehouse');
const url = new URL(mcpUrls['todo'] ?? '');

const modes = [
  { name: 'legacy', mode: 'legacy', era: 'legacy' },
  { name: 'auto', mode: 'auto', era: 'modern' },
  { name: 'pinned 2026-07-28', mode: { pin: '2026-07-28' }, era: 'modern' },
] as const;

describe.each(modes)('SDK v2, $name', ({ mode, era }) => {
  function newClient(): Client {
    return new Client({ name: 'sdk-v2', version: '1.0.0' }, { versionNegotiation: { mode } });
  }

  async function signIn(provider: MemoryProvider): Promise<Client> {
    const transport = new StreamableHTTPClientTransport(url, { authProvider: provider });
    await expect(newClient().connect(transport)).rejects.toThrow(UnauthorizedError);
    // Given all parameters, the SDK compares `iss` with the issuer byte for byte (AS-46).
    await transport.finishAuth(provider.landing?.searchParams ?? new URLSearchParams());
    return await connect(provider);
  }

  async function connect(provider: MemoryProvider): Promise<Client> {
    const client = newClient();
    await client.connect(new StreamableHTTPClientTransport(url, { authProvider: provider }));
    return client;
  }

  test('RS-01 AS-01 AS-31 AS-46 MS-11 it goes from a bare URL to a tool call', async () => {
    const client = await signIn(new MemoryProvider());
    expect(client.getProtocolEra()).toBe(era);
    const { tools } = await client.listTools();
    const readable = tools.find((tool) => ((tool.inputSchema['required'] as string[] | undefined) ?? []).length === 0);
    const result = await client.callTool({ name: readable?.name ?? '', arguments: {} });
    expect(result.isError ?? false).toBe(false);
    await client.close();
  });

  test('AS-67 pain 3: it is given a refresh token and uses it by itself', async () => {
    const provider = new MemoryProvider();
    await (await signIn(provider)).close();
    const first = provider.tokens()?.refresh_token;
    expect(first).toBeDefined();
    provider.spoilAccessToken();
    provider.landing = undefined;
    const client = await connect(provider);
    expect((await client.listTools()).tools.length).toBeGreaterThan(0);
    expect(provider.landing).toBeUndefined();
    expect(provider.tokens()?.refresh_token).not.toBe(first);
    await client.close();
  });
});
