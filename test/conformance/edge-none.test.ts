import { Client as ClientV2, StreamableHTTPClientTransport as TransportV2 } from '@modelcontextprotocol/client';
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, expect, test } from 'vitest';
import { startGatehouse } from '../rig/gatehouse.ts';
import { callMcp } from '../rig/mcp-call.ts';
import { MemoryProvider } from '../rig/memory-provider.ts';
import { readJson } from '../rig/oauth-client.ts';

const gatehouse = await startGatehouse({ app: 'test/apps/edge-none.ts' });
const issuer = gatehouse.baseUrl;
const url = new URL(gatehouse.mcpUrls['todo'] ?? '');

afterAll(() => gatehouse.stop());

test('D1 without CloudFront the issuer has the stage as its path, and no trailing slash', () => {
  expect(new URL(issuer).pathname).toMatch(/^\/[\w-]+$/);
});

test('RS-01 AS-01 resource_metadata leads to the issuer, and the issuer to its metadata', async () => {
  const { challenge } = await callMcp(url.href);
  const [, pointer = ''] = /resource_metadata="([^"]+)"/.exec(challenge ?? '') ?? [];
  const resource = await readJson(await fetch(pointer));
  expect(resource.body).toMatchObject({ resource: url.href, authorization_servers: [issuer] });
  // A stage cannot serve the host root, so only the forms below the issuer are there.
  for (const name of ['openid-configuration', 'oauth-authorization-server']) {
    const metadata = await readJson(await fetch(`${issuer}/.well-known/${name}`));
    expect(metadata.body).toMatchObject({ issuer, token_endpoint: `${issuer}/token` });
  }
});

test('D1 a client of SDK v1 completes the flow', async () => {
  const provider = new MemoryProvider();
  const transport = new TransportV1(url, { authProvider: provider });
  const client = () => new ClientV1({ name: 'edge-none', version: '1.0.0' });
  await expect(client().connect(transport)).rejects.toThrow(UnauthorizedError);
  await transport.finishAuth(provider.landing?.searchParams.get('code') ?? '');
  const signedIn = client();
  await signedIn.connect(new TransportV1(url, { authProvider: provider }));
  expect((await signedIn.listTools()).tools.length).toBeGreaterThan(0);
  await signedIn.close();
});

test('D1 a client of SDK v2, pinned to 2026-07-28, completes the flow', async () => {
  const provider = new MemoryProvider();
  const transport = new TransportV2(url, { authProvider: provider });
  const mode = { pin: '2026-07-28' };
  const client = () => new ClientV2({ name: 'edge-none', version: '1.0.0' }, { versionNegotiation: { mode } });
  await expect(client().connect(transport)).rejects.toThrow();
  await transport.finishAuth(provider.landing?.searchParams ?? new URLSearchParams());
  const signedIn = client();
  await signedIn.connect(new TransportV2(url, { authProvider: provider }));
  expect((await signedIn.listTools()).tools.length).toBeGreaterThan(0);
  await signedIn.close();
});
