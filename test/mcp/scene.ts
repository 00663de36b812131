import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { VersionNegotiationMode } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { documentClient } from '../../lambdas/adapters/dynamodb/document-client.ts';
import { dynamoTodos } from '../../lambdas/adapters/dynamodb/todos.ts';
import { systemEntropy } from '../../lambdas/adapters/system.ts';
import type { Caller } from '../../lambdas/contract/caller.ts';
import { tables } from '../../lambdas/contract/tables.ts';
import type { Log } from '../../lambdas/mcp/log.ts';
import type { McpApp } from '../../lambdas/mcp/mcp-app.ts';
import { createMcpApp } from '../../lambdas/mcp/mcp-app.ts';
import { todoServer } from '../../lambdas/mcp/server.ts';
import { issuer, now, server } from '../resource/forge.ts';
import { engines, startEngine } from '../rig/engines.ts';

/** The scopes of a person who may do everything. */
export const everything = 'todos:read todos:write todos:delete';

export interface Line {
  readonly level: 'info' | 'error';
  readonly message: string;
  readonly fields: Record<string, unknown>;
}

export interface Scene {
  readonly app: McpApp;
  readonly lines: Line[];
  /** Sends one HTTP request as a verified caller. */
  readonly send: (init: RequestInit & { body?: string | null }, caller?: Partial<Caller>) => Promise<Response>;
  readonly stop: () => Promise<void>;
}

export function callerOf(change: Partial<Caller> = {}): Caller {
  const exp = String(now + 3600);
  return { sub: 'alice', clientId: 'client-1', scope: everything, gid: 'grant-1', server: server.id, exp, ...change };
}

/** The sample server over a real engine. */
export async function openScene(allowedOrigins: readonly string[] = ['loopback']): Promise<Scene> {
  const kind = engines[0];
  if (kind === undefined) throw new Error('no DynamoDB engine is installed');
  const engine = await startEngine(kind, [{ name: 'Todos', ...tables.Todos }]);
  const db = documentClient(engine.config);
  const lines: Line[] = [];
  const log: Log = {
    info: (message, fields) => lines.push({ level: 'info', message, fields: { ...fields } }),
    error: (message, fields) => lines.push({ level: 'error', message, fields: { ...fields } }),
  };
  const clock = { now: () => now };
  const stage = 'development';
  const buildServer = todoServer({ todos: dynamoTodos(db, 'Todos'), clock, entropy: systemEntropy, log, stage });
  const app = createMcpApp({ issuer, servers: [server], allowedOrigins, buildServer, log });
  const send: Scene['send'] = (init, caller) => app(new Request(server.resource, init), callerOf(caller));
  const stop = async () => {
    await engine.stop();
  };
  return { app, lines, send, stop };
}

const fetchAs =
  (app: McpApp, caller: Caller) =>
  (url: string | URL, init?: RequestInit): Promise<Response> =>
    app(new Request(url, init), caller);

/** What the tests ask of a client, whichever SDK it comes from. */
export interface AnyClient {
  readonly connect: () => Promise<unknown>;
  readonly tools: () => Promise<string[]>;
  readonly call: (name: string, args?: Record<string, unknown>) => Promise<ToolAnswer>;
  readonly close: () => Promise<void>;
}

export interface ToolAnswer {
  readonly isError?: boolean;
  readonly content: { type: string; text: string }[];
  readonly structuredContent?: Record<string, unknown>;
}

/** A client of the v2 SDK. */
export function clientV2(app: McpApp, mode: VersionNegotiationMode, caller: Caller): AnyClient {
  const client = new Client({ name: 'test', version: '1.0.0' }, { versionNegotiation: { mode } });
  const transport = new StreamableHTTPClientTransport(new URL(server.resource), { fetch: fetchAs(app, caller) });
  return {
    connect: () => client.connect(transport),
    tools: async () => (await client.listTools()).tools.map(({ name }) => name),
    call: async (name, args = {}) => (await client.callTool({ name, arguments: args })) as unknown as ToolAnswer,
    close: () => client.close(),
  };
}

/** A client of the v1 SDK, which knows the revisions before 2026-07-28 only. */
export function clientV1(app: McpApp, caller: Caller): AnyClient {
  const client = new ClientV1({ name: 'test', version: '1.0.0' });
  const transport = new TransportV1(new URL(server.resource), { fetch: fetchAs(app, caller) });
  return {
    connect: () => client.connect(transport),
    tools: async () => (await client.listTools()).tools.map(({ name }) => name),
    call: async (name, args = {}) => (await client.callTool({ name, arguments: args })) as unknown as ToolAnswer,
    close: () => client.close(),
  };
}
