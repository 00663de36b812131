import { expect, inject, onTestFinished, test } from 'vitest';
import { ClientProcess, freePort } from '../rig/client-process.ts';
import { Person } from '../rig/person.ts';

const { mcpUrls } = inject('gatehouse');
const url = mcpUrls['todo'] ?? '';

const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'desktop', version: '1.0.0' } },
};

interface RpcAnswer {
  readonly id: number;
  readonly result?: { readonly tools?: readonly { name: string; inputSchema: { required?: string[] } }[] };
}

test.each(['legacy', 'auto'])(
  'RS-01 AS-31 AS-40 mcp-remote, protocol %s: sign-in, tools/list, tools/call',
  async (era) => {
    const bridge = new ClientProcess('mcp-remote/dist/proxy.js', [url, String(await freePort()), '--protocol', era]);
    onTestFinished(() => bridge.stop());
    bridge.write(initialize);
    const [authorizationUrl] = await bridge.waitFor(/http:\S+\/authorize\?\S+/, 'stderr');
    const landing = await new Person().authorize(authorizationUrl);
    expect((await fetch(landing)).status).toBe(200);

    const ask = async (id: number): Promise<RpcAnswer> => {
      const [line] = await bridge.waitFor(new RegExp(`^\\{.*"id":${id}\\b.*\\}$`, 'm'), 'stdout');
      return JSON.parse(line) as RpcAnswer;
    };
    expect((await ask(1)).result).toBeDefined();
    bridge.write({ jsonrpc: '2.0', method: 'notifications/initialized' });
    bridge.write({ jsonrpc: '2.0', id: 2, method: 'tools/list', params: {} });
    const tools = (await ask(2)).result?.tools ?? [];
    const readable = tools.find((tool) => (tool.inputSchema.required ?? []).length === 0);
    bridge.write({ jsonrpc: '2.0', id: 3, method: 'tools/call', params: { name: readable?.name, arguments: {} } });
    expect((await ask(3)).result).toMatchObject({ content: expect.any(Array) as unknown });
  },
);
