import { Client as ClientV2, StreamableHTTPClientTransport as TransportV2 } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { envelope, messageOf, modernPost } from '../mcp/wire.ts';
import type { BearerProxy } from '../rig/bearer-proxy.ts';
import { startBearerProxy } from '../rig/bearer-proxy.ts';
import { ClientProcess } from '../rig/client-process.ts';
import { startGatehouse } from '../rig/gatehouse.ts';
import { callMcp } from '../rig/mcp-call.ts';
import { OAuthClient } from '../rig/oauth-client.ts';
import { Person } from '../rig/person.ts';

const gatehouse = await startGatehouse({ app: 'test/apps/conformance-server.ts' });
const mcpUrl = gatehouse.mcpUrls['conformance'] ?? '';
const person = new Person();
let client: OAuthClient;
let accessToken: string;
// The suite cannot be given a token.
let proxy: BearerProxy;

beforeAll(async () => {
  client = await OAuthClient.register(gatehouse.baseUrl);
  ({ accessToken } = await client.signIn({ person }));
  proxy = await startBearerProxy(mcpUrl, accessToken);
});

afterAll(async () => {
  await proxy?.stop();
  await gatehouse.stop();
});

const expectedFailures = new URL('../fixtures/conformance-server/expected-failures.yml', import.meta.url).pathname;

async function runSuite(...args: readonly string[]): Promise<string> {
  const script = '@modelcontextprotocol/conformance/dist/index.js';
  const suite = new ClientProcess(script, ['server', '--url', proxy.url, ...args]);
  onTestFinished(() => suite.stop());
  const code = await suite.end();
  expect(code, suite.stdout.slice(-6000) + suite.stderr).toBe(0);
  return suite.stdout;
}

/** Names of the scenarios in the summary, by the mark before them. */
function scenarios(said: string, mark: '✓' | '✗'): string[] {
  const summary = said.slice(said.indexOf('=== SUMMARY ==='), said.indexOf('\nTotal:'));
  return [...summary.matchAll(new RegExp(`^${mark} ([\\w-]+):`, 'gm'))].map(([, name = '']) => name);
}

const fourthWall = [
  'elicitation-sep1034-defaults',
  'elicitation-sep1330-enums',
  'tools-call-elicitation',
  'tools-call-sampling',
];

describe('MS-01 to MS-12: the official suite judges an MCP server behind the guard, with a real token', () => {
  test('2026-07-28: every scenario that is scored passes', async () => {
    const said = await runSuite('--requirements', '2026-07-28');
    expect(scenarios(said, '✓').length).toBeGreaterThanOrEqual(40);
    // The extension "tasks" is not scored, and not served.
    expect(scenarios(said, '✗').filter((name) => !name.startsWith('tasks-'))).toEqual([]);
  });

  test('2025-11-25: all pass but the four in which the server calls the client', async () => {
    const said = await runSuite('--requirements', '2025-11-25', '--expected-failures', expectedFailures);
    expect(scenarios(said, '✗').sort()).toEqual(fourthWall);
    expect(scenarios(said, '✓').length).toBeGreaterThanOrEqual(29);
  });

  test('2025-06-18: all pass but the two of the four that it has', async () => {
    const args = ['--suite', 'all', '--spec-version', '2025-06-18', '--expected-failures', expectedFailures];
    const said = await runSuite(...args);
    expect(scenarios(said, '✗').sort()).toEqual(fourthWall.slice(2));
    expect(scenarios(said, '✓').length).toBeGreaterThanOrEqual(25);
  });

  test('2025-03-26: all pass', async () => {
    const said = await runSuite('--suite', 'all', '--spec-version', '2025-03-26');
    expect(scenarios(said, '✗')).toEqual([]);
  });

  test('2025-11-25: three streams at once are answered', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => callMcp(mcpUrl, accessToken)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers.every(({ headers }) => headers.get('content-type')?.startsWith('text/event-stream'))).toBe(true);
  });

  test('without its token the same server answers 401', async () => {
    expect((await callMcp(mcpUrl)).status).toBe(401);
  });
});

test('MS-06 RS-10 what a tool left with one person is refused from another, and from another client', async () => {
  const tool = { name: 'test_input_required_result_request_state', arguments: {} };
  const capabilities = { 'io.modelcontextprotocol/clientCapabilities': { elicitation: {} } };
  const call = async (token: string, more: Record<string, unknown> = {}) => {
    const init = modernPost('tools/call', { ...tool, ...more, _meta: { ...envelope(), ...capabilities } });
    const headers = { ...init.headers, authorization: `Bearer ${token}` };
    return await messageOf(await fetch(mcpUrl, { ...init, headers }));
  };
  const { result } = await call(accessToken);
  const inputResponses = { confirm: { action: 'accept', content: { ok: true } } };
  const answered = { inputResponses, requestState: result?.['requestState'] };
  const others = [
    await (await OAuthClient.register(gatehouse.baseUrl)).signIn(),
    await client.signIn({ person: new Person() }),
    await (await OAuthClient.register(gatehouse.baseUrl)).signIn({ person }),
  ];
  for (const other of others) {
    expect((await call(other.accessToken, answered)).error).toMatchObject({
      code: -32602,
      data: { reason: 'invalid_request_state' },
    });
  }
  expect((await call(accessToken, answered)).result).toMatchObject({ content: [{ text: 'state-ok' }] });
});

describe('MS-12 progress reaches the client while the tool still works, through both gateways', () => {
  const requestInit = () => ({ headers: { authorization: `Bearer ${accessToken}` } });
  const slow = { name: 'slow_progress', arguments: {} };
  const url = new URL(mcpUrl);

  /** Milliseconds between the first progress and the answer. */
  async function lead(call: (onprogress: () => void) => Promise<unknown>): Promise<number> {
    let first: number | undefined;
    await call(() => (first ??= performance.now()));
    return first === undefined ? 0 : performance.now() - first;
  }

  test.each(['legacy', { pin: '2026-07-28' }] as const)('SDK v2, %o', async (mode) => {
    const v2 = new ClientV2({ name: 'progress', version: '1.0.0' }, { versionNegotiation: { mode } });
    await v2.connect(new TransportV2(url, { requestInit: requestInit() }));
    expect(await lead((onprogress) => v2.callTool(slow, { onprogress }))).toBeGreaterThan(700);
    await v2.close();
  });

  test('SDK v1', async () => {
    const v1 = new ClientV1({ name: 'progress', version: '1.0.0' });
    await v1.connect(new TransportV1(url, { requestInit: requestInit() }));
    expect(await lead((onprogress) => v1.callTool(slow, undefined, { onprogress }))).toBeGreaterThan(700);
    await v1.close();
  });
});
