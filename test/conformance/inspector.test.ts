import { expect, inject, onTestFinished, test } from 'vitest';
import { ClientProcess, freePort } from '../rig/client-process.ts';
import { Person } from '../rig/person.ts';

const { mcpUrls } = inject('gatehouse');
const url = mcpUrls['todo'] ?? '';
const script = '@modelcontextprotocol/inspector/clients/launcher/build/index.js';

test.each(['legacy', 'auto', 'modern'])(
  'RS-01 AS-31 AS-33 MCP Inspector, era %s: sign-in and tools/list',
  async (era) => {
    const callback = `http://127.0.0.1:${await freePort()}/oauth/callback`;
    const call = ['--transport', 'http', '--method', 'tools/list', '--format', 'json', '--strict'];
    const args = ['--cli', url, ...call, '--protocol-era', era, '--callback-url', callback];
    const env = { MCP_AUTO_OPEN_ENABLED: 'true', MCP_INSPECTOR_SECRET_STORE: 'file' };
    const inspector = new ClientProcess(script, args, env);
    onTestFinished(() => inspector.stop());

    const [authorizationUrl] = await inspector.waitFor(/http:\S+\/authorize\?\S+/);
    const landing = await new Person().authorize(authorizationUrl);
    expect((await fetch(landing)).status).toBe(200);
    expect(await inspector.end(), inspector.stderr).toBe(0);
    const printed = JSON.parse(inspector.stdout.trim().split('\n').at(-1) ?? '') as { result: { tools: unknown[] } };
    expect(printed.result.tools.length).toBeGreaterThan(0);
  },
);
