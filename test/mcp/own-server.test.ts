import { McpServer } from '@modelcontextprotocol/server';
import { afterEach, expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import type { McpAppOptions } from '../../lambdas/mcp/mcp-app.ts';
import { createMcpApp } from '../../lambdas/mcp/mcp-app.ts';
import type { Session } from '../../lambdas/mcp/session.ts';
import { defineTool, ToolError } from '../../lambdas/mcp/tool.ts';
import { issuer, scope, server } from '../resource/forge.ts';
import { callerOf } from './scene.ts';
import { legacyPost, messageOf, modernPost } from './wire.ts';

/** A server that a team wrote itself: plain SDK, behind the same builder. */
const reports = { ...server, id: 'reports', scopes: [scope('reports:run', ['report'])] };
const report = { name: 'report', arguments: {} };

const newServer = () =>
  new McpServer({ name: 'own', version: '1.0.0' }, { capabilities: { tools: { listChanged: false } } });

function open(build: (server: McpServer, session: Session) => void, change: Partial<McpAppOptions> = {}) {
  const buildServer = (session: Session) => {
    const own = newServer();
    build(own, session);
    return own;
  };
  const log = { info: () => {}, error: () => {} };
  const app = createMcpApp({ issuer, servers: [reports], allowedOrigins: [], buildServer, log, ...change });
  return (init: RequestInit, scopes = 'reports:run') =>
    app(new Request(reports.resource, init), callerOf({ server: 'reports', scope: scopes }));
}

afterEach(() => {
  vi.useRealTimers();
});

test('its tools find the verified caller where the SDK puts it, and no token (RS-09)', async () => {
  const send = open((own) => {
    own.registerTool('report', { description: 'x' }, (context) => ({
      content: [{ type: 'text', text: JSON.stringify(context.http?.authInfo) }],
    }));
  });
  const { result } = await messageOf(await send(modernPost('tools/call', report)));
  const [{ text }] = result?.['content'] as [{ text: string }];
  expect(JSON.parse(text)).toMatchObject({
    token: '',
    clientId: 'client-1',
    scopes: ['reports:run'],
    resource: reports.resource,
    extra: { sub: 'alice', gid: 'grant-1' },
  });
});

test('its tools are guarded by the scopes of the settings, though it never mentions them', async () => {
  const run = vi.fn(() => ({ content: [] }));
  const send = open((own) => own.registerTool('report', { description: 'x' }, run));
  expect((await send(modernPost('tools/call', report), '')).status).toBe(403);
  expect((await send(legacyPost({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: report }), '')).status).toBe(
    403,
  );
  expect(run).not.toHaveBeenCalled();
  expect((await send(modernPost('tools/call', report))).status).toBe(200);
  expect(run).toHaveBeenCalledOnce();
});

test('a fault in a tool of defineTool is hidden, a mistake of the caller is explained', async () => {
  const faults: unknown[] = [];
  const send = open((own) => {
    for (const [name, error] of [
      ['faulty', new Error('arn:aws:dynamodb:secret-table')],
      ['strict', new ToolError('when: give a date.')],
    ] as const) {
      const annotations = { readOnlyHint: true };
      const shape = z.strictObject({});
      const run = async () => Promise.reject(error);
      defineTool({ name, title: name, description: name, annotations, input: shape, output: shape, run }).register(
        own,
        (fault) => faults.push(fault),
      );
    }
  });
  const call = async (name: string) => (await messageOf(await send(modernPost('tools/call', { name })))).result;
  expect(JSON.stringify(await call('faulty'))).not.toContain('arn:aws');
  expect(await call('strict')).toMatchObject({ isError: true, content: [{ text: 'when: give a date.' }] });
  expect(faults).toHaveLength(1);
});

test.each([
  ['2025-11-25', legacyPost({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: report }), 'auto'],
  ['2026-07-28 with responseMode sse', modernPost('tools/call', report), 'sse'],
] as const)('MS-12 a silent stream is kept alive every 15 seconds: %s', async (_, init, responseMode) => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  let finish = (): void => {};
  const send = open(
    (own) =>
      own.registerTool('report', { description: 'x' }, async () => {
        await new Promise<void>((resolve) => (finish = resolve));
        return { content: [{ type: 'text', text: 'done' }] };
      }),
    { responseMode },
  );
  const response = await send(init);
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  expect(response.headers.get('x-accel-buffering')).toBe('no');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  vi.advanceTimersByTime(15_000);
  expect((await reader?.read())?.value).toMatch(/^: ?keep-?alive\n\n$/);
  finish();
  expect((await reader?.read())?.value).toContain('done');
  expect((await reader?.read())?.done).toBe(true);
});

test('progress reaches the client before the result', async () => {
  const send = open((own) =>
    own.registerTool('report', { description: 'x' }, async (context) => {
      const progressToken = context.mcpReq._meta?.progressToken ?? '';
      await context.mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress: 1 } });
      return { content: [{ type: 'text', text: 'done' }] };
    }),
  );
  const init = modernPost('tools/call', report);
  const body = JSON.parse(init.body) as { params: { _meta: Record<string, unknown> } };
  body.params._meta['progressToken'] = 'p1';
  const response = await send({ ...init, body: JSON.stringify(body) });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const text = await response.text();
  expect(text.indexOf('notifications/progress')).toBeGreaterThan(-1);
  expect(text.indexOf('notifications/progress')).toBeLessThan(text.indexOf('done'));
});
