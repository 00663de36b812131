import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoApiKeys } from '../../../lambdas/adapters/dynamodb/api-keys.ts';
import { dynamoAuditTrail } from '../../../lambdas/adapters/dynamodb/audit-trail.ts';
import { dynamoClientList } from '../../../lambdas/adapters/dynamodb/client-list.ts';
import { dynamoClients } from '../../../lambdas/adapters/dynamodb/clients.ts';
import { documentClient } from '../../../lambdas/adapters/dynamodb/document-client.ts';
import { dynamoUsage } from '../../../lambdas/adapters/dynamodb/usage.ts';
import { adminResources } from '../../../lambdas/contract/admin/resources.ts';
import type { ResourceId } from '../../../lambdas/contract/admin/operation.ts';
import { tables } from '../../../lambdas/contract/tables.ts';
import type { AdminAnswer, AdminHandler, AdminRequest } from '../../../lambdas/core/admin/admin-handler.ts';
import { listAudit } from '../../../lambdas/core/admin/audit/list.ts';
import type { AdminDeps } from '../../../lambdas/core/admin/deps.ts';
import { getOverview } from '../../../lambdas/core/admin/overview/get.ts';
import type { OverviewAnswer } from '../../../lambdas/core/admin/overview/overview-answer.ts';
import { getServer } from '../../../lambdas/core/admin/servers/get.ts';
import { listServers } from '../../../lambdas/core/admin/servers/list.ts';
import { getSigningKey } from '../../../lambdas/core/admin/signing-keys/get.ts';
import { listSigningKeys } from '../../../lambdas/core/admin/signing-keys/list.ts';
import type { AuditRecord } from '../../../lambdas/core/ports/audit-trail.ts';
import { bookKeeping } from '../../../lambdas/core/usage/book-keeping.ts';
import { discoveryApp } from '../../../lambdas/http/discovery-app.ts';
import { readyBlock } from '../../../local/ready-block.ts';
import { engines, startEngine } from '../../rig/engines.ts';
import type { TestEngine } from '../../rig/engines.ts';
import { MemoryRing } from '../../rig/memory-ring.ts';
import { HandClock, issuer, mail, publicClient, servers, signingKey, todos } from '../fixtures.ts';

// 2026-11-21T12:00:00Z
const clock = new HandClock();
const day = 86_400;
let engine: TestEngine;
let deps: AdminDeps;
let record: (...records: AuditRecord[]) => Promise<void>;

beforeAll(async () => {
  engine = await startEngine(
    engines[0]!,
    Object.entries(tables).map(([name, table]) => ({ name, ...table })),
  );
  const db = documentClient(engine.config);
  const usage = dynamoUsage(db, 'Usage');
  const auditTrail = dynamoAuditTrail(db, 'Audit');
  const apiKeys = dynamoApiKeys(db, 'ApiKeys');
  const clients = dynamoClients(db, 'Clients');
  await clients.register(publicClient);
  const made = { name: 'Nightly', owner: 'ada', sub: 'key:k1', digest: 'd', servers: [], permissions: [], paths: [] };
  await apiKeys.create({ keyId: 'k1', createdAt: 1, ...made });
  const clientList = dynamoClientList(db, 'Clients');
  const older = { ...signingKey, kid: 'older', createdAt: 0 };
  const signingKeyRing = new MemoryRing([older, signingKey, { ...older, kid: 'old', retiredAt: 5, goneAt: 6 }]);
  const signingKeys = { list: async () => [signingKey] };
  deps = {
    usage,
    auditTrail,
    apiKeys,
    clientList,
    signingKeys,
    signingKeyRing,
    clock,
    servers,
    issuer,
  } as unknown as AdminDeps;
  const keepBooks = bookKeeping({ usage, lastUses: { note: async () => {} } });
  record = async (...records) => {
    await auditTrail.write(records, ({ time }) => Date.parse(time) / 1000 + 90 * day);
    await keepBooks(records, clock.now() + 90 * day);
  };
});
afterAll(() => engine.stop());

const run = (handler: AdminHandler, request: Partial<AdminRequest> = {}): Promise<AdminAnswer> =>
  handler({ key: '', input: {}, page: { limit: 25 }, ...request }, { sub: 'admin', access: 'read' }, deps);

/** Every member of a row stands in the table of resources. */
function expectKnown(resource: ResourceId, row: unknown): void {
  const names: string[] = adminResources[resource].fields.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(Object.keys(row as object)));
}

let counter = 0;
function event(age: number, type: string, changes: Partial<AuditRecord> = {}): AuditRecord {
  const time = new Date((clock.now() - age) * 1000 + 123).toISOString();
  return { id: `event-${String(counter++).padStart(5, '0')}`, time, type, decision: 'allowed', ...changes };
}

describe('F-D4 overview.get', () => {
  test('an empty house has 24 hours and 30 days of nothing', async () => {
    const answer = (await run(getOverview)) as unknown as OverviewAnswer;
    expectKnown('overview', answer);
    expect(answer.hours).toHaveLength(24);
    expect(answer.days).toHaveLength(30);
    expect(answer.hours[0]).toEqual({ from: '2026-11-20T13:00:00Z', signIns: 0, tokens: 0, calls: 0, refusals: 0 });
    expect(answer.hours.at(-1)?.from).toBe('2026-11-21T12:00:00Z');
    expect(answer.days[0]?.from).toBe('2026-10-23T00:00:00Z');
    expect(answer.days.at(-1)?.from).toBe('2026-11-21T00:00:00Z');
    expect(answer).toMatchObject({ refusals: [], topClients: [], topTools: [] });
  });

  test('counts are those of the hour and day in which things happened', async () => {
    const call = { clientId: publicClient.clientId, server: 'todos', tool: 'a/b' };
    await record(
      event(0, 'person.signed_in'),
      event(1, 'token.issued', { clientId: publicClient.clientId }),
      event(3600, 'tool.called', call),
      event(3600, 'tool.called', call),
      event(3600, 'tool.called', { clientId: 'key:k1', server: 'todos', tool: 'list' }),
      event(3600, 'tool.called', { clientId: 'gone', server: 'todos', tool: 'list' }),
      event(30 * day, 'tool.called', call),
      event(29 * day, 'access.refused', { decision: 'refused', reason: 'grant_dead' }),
      event(0, 'access.refused', { decision: 'refused', reason: 'grant_dead' }),
      event(0, 'consent.denied', { decision: 'refused' }),
    );
    const answer = (await run(getOverview)) as unknown as OverviewAnswer;
    expect(answer.hours.slice(-2)).toEqual([
      { from: '2026-11-21T11:00:00Z', signIns: 0, tokens: 1, calls: 4, refusals: 0 },
      { from: '2026-11-21T12:00:00Z', signIns: 1, tokens: 0, calls: 0, refusals: 2 },
    ]);
    expect(answer.days.at(-1)).toMatchObject({ signIns: 1, tokens: 1, calls: 4, refusals: 2 });
    expect(answer.days[1]).toMatchObject({ from: '2026-10-24T00:00:00Z', refusals: 0 });
    expect(answer.days[0]).toMatchObject({ from: '2026-10-23T00:00:00Z', refusals: 1 });
    // What is older than thirty days is in no sum.
    expect(answer.days.reduce((sum, { calls }) => sum + calls, 0)).toBe(4);
    expect(answer.refusals).toEqual([
      { reason: 'grant_dead', count: 2 },
      { reason: 'consent.denied', count: 1 },
    ]);
    expect(answer.topClients[0]).toEqual({ client: publicClient.clientId, clientName: 'Test Client', count: 3 });
    expect(answer.topClients).toContainEqual({ client: 'key:k1', clientName: 'Nightly', count: 1 });
    expect(answer.topClients).toContainEqual({ client: 'gone', count: 1 });
    expect(new Set(answer.topTools)).toEqual(
      new Set([
        { server: 'todos', tool: 'a/b', count: 2 },
        { server: 'todos', tool: 'list', count: 2 },
      ]),
    );
  });

  test('thirty days that touch three months are whole', async () => {
    const march = new HandClock();
    march.forward(Date.parse('2027-03-01T00:30:00Z') / 1000 - march.now());
    const at = (time: string) => event(0, 'person.signed_in', { time });
    await record(at('2027-01-31T00:00:00.000Z'), at('2027-02-28T23:59:59.999Z'), at('2027-03-01T00:00:00.000Z'));
    const request = { key: '', input: {}, page: { limit: 25 } };
    const answer = await getOverview(request, { sub: 'admin', access: 'read' }, { ...deps, clock: march });
    const { days, hours } = answer as unknown as OverviewAnswer;
    expect(days.filter(({ signIns }) => signIns > 0).map(({ from }) => from.slice(0, 10))).toEqual([
      '2027-01-31',
      '2027-02-28',
      '2027-03-01',
    ]);
    expect(hours.reduce((sum, { signIns }) => sum + signIns, 0)).toBe(2);
  });
});

describe('F-D4 audit.list', () => {
  const dated = (answer: AdminAnswer) => (answer['items'] as { time: string; type: string }[]).map(({ type }) => type);

  test('shows every event of all days, newest first, page by page', async () => {
    clock.forward(200 * day);
    await record(...['a', 'b', 'c'].map((type, index) => event((2 - index) * 40 * day, type)));
    const first = await run(listAudit, { page: { limit: 2 } });
    expect(dated(first)).toEqual(['c', 'b']);
    const second = await run(listAudit, { page: { limit: 2, cursor: String(first['next']) } });
    expect(dated(second)).toEqual(['a']);
    expect(second['next']).toBeUndefined();
  });

  test('filters by person, client, session, trace id, type and decision, and by any of them together', async () => {
    const whose = { sub: 'ada', clientId: 'app', gid: 'g1', traceId: 't1', scopes: 'x y', changed: 'person:bob' };
    const [mine, other] = [event(5, 'z.mine', { ...whose, server: 'todos' }), event(4, 'z.other', { sub: 'ada' })];
    await record(mine, other, event(3, 'z.mine', { sub: 'bob', decision: 'refused', reason: 'r', gid: 'key:k1' }));
    for (const input of [{ client: 'app' }, { session: 'g1' }, { trace: 't1' }, { person: 'ada', type: 'z.mine' }]) {
      const answer = await run(listAudit, { input });
      expect(answer['items']).toEqual([
        {
          ...{ time: mine.time, type: 'z.mine', decision: 'allowed', person: 'ada', client: 'app', session: 'g1' },
          ...{ trace: 't1', scopes: ['x', 'y'], server: 'todos', changed: 'person:bob' },
        },
      ]);
      expectKnown('audit', (answer['items'] as object[])[0]);
    }
    expect(dated(await run(listAudit, { input: { person: 'ada' } }))).toEqual(['z.other', 'z.mine']);
    expect(dated(await run(listAudit, { input: { person: 'ada', session: 'g2' } }))).toEqual([]);
    expect(dated(await run(listAudit, { input: { person: 'bob', session: 'g1' } }))).toEqual([]);
    const refused = await run(listAudit, { input: { decision: 'refused', type: 'z.mine' } });
    // A call by an API key belongs to no session.
    expect(refused['items']).toEqual([
      { time: expect.any(String), type: 'z.mine', decision: 'refused', reason: 'r', person: 'bob' },
    ]);
  });

  test('filters by reason, server and tool, and ends before a day or a time', async () => {
    const call = { server: 'todos', tool: 'create_todo', reason: 'missing_scope', decision: 'refused' } as const;
    await record(event(2 * day, 'y.old', call), event(60, 'y.new', { ...call, sub: 'eve' }));
    for (const name of ['server', 'tool', 'reason'] as const) {
      expect(dated(await run(listAudit, { input: { [name]: call[name], decision: 'refused' } }))).toEqual([
        'y.new',
        'y.old',
      ]);
    }
    const until = async (text: string, more = {}) =>
      dated(await run(listAudit, { input: { reason: 'missing_scope', until: text, ...more } }));
    const ago = (seconds: number) => new Date((clock.now() - seconds) * 1000).toISOString();
    expect(await until(ago(0).slice(0, 10))).toEqual(['y.new', 'y.old']);
    expect(await until(ago(day).slice(0, 10))).toEqual(['y.old']);
    expect(await until(ago(59))).toEqual(['y.new', 'y.old']);
    expect(await until(ago(60).replace('.000Z', '+00:00'))).toEqual(['y.old']);
    expect(await until(ago(59), { person: 'eve' })).toEqual(['y.new']);
    expect(await until(ago(60), { person: 'eve' })).toEqual([]);
    expect(await until('9999-12-31')).toEqual(['y.new', 'y.old']);
    expect(await until('0001-01-01')).toEqual([]);
    for (const wrong of ['yesterday', '2026-13-01', '2026-11-21T12:00', '21.11.2026']) {
      await expect(until(wrong)).rejects.toMatchObject({ kind: 'invalid', fields: [{ field: 'until' }] });
    }
  });

  test('a cursor of another list is refused', async () => {
    const { next } = await run(listAudit, { page: { limit: 1 } });
    const page = { limit: 1, cursor: String(next) };
    await expect(run(listAudit, { page, input: { person: 'ada' } })).rejects.toThrow(/cursor/);
    await expect(run(listAudit, { page, input: { type: 'a' } })).rejects.toThrow(/cursor/);
  });
});

describe('F-D4 servers', () => {
  const settings = {
    brand: { name: 'Gatehouse', accentColor: '#2f5fd0' },
    registration: { dynamic: true },
    metadataDocuments: { enabled: true, allowHosts: [], denyHosts: [] },
  };

  test('the metadata are, byte for byte, those that discovery publishes where they say', async () => {
    const log = { info: () => {}, error: () => {} };
    const app = discoveryApp({ issuer, settings, servers, signingKeys: deps.signingKeys, log });
    const { items } = (await run(listServers)) as unknown as { items: Record<string, unknown>[] };
    expect(items.map(({ server }) => server)).toEqual(['todos', 'mail']);
    for (const row of items) {
      expectKnown('servers', row);
      const published = await app.request(String(row['metadataUrl']));
      expect(await published.text()).toBe(JSON.stringify(row['metadata']));
      expect(await run(getServer, { key: String(row['server']) })).toEqual(row);
    }
    await expect(run(getServer, { key: 'nothing' })).rejects.toMatchObject({ kind: 'not_found' });
  });

  test('there is a line or file for each client, and the terminal lines are those that the runner prints', async () => {
    const row = (await run(getServer, { key: 'todos' })) as unknown as { paste: { client: string; text: string }[] };
    const byClient = new Map(row.paste.map(({ client, text }) => [client, text]));
    expect([...byClient.keys()].slice(0, 6)).toEqual([
      ...['Claude Code', 'Claude (web, desktop, mobile)', 'ChatGPT', 'Cursor', 'VS Code', 'mcp-remote'],
    ]);
    const mcpUrls = { todos: todos.resource };
    const block = readyBlock({ baseUrl: issuer, mcpUrls, statePath: '', embeddedSignIn: true });
    for (const client of ['Claude Code', 'VS Code', 'mcp-remote']) expect(block).toContain(byClient.get(client));
    for (const page of ['/admin', '/account', '/which-credential']) expect(block).toContain(`${issuer}${page}\n`);
    const cursor: unknown = JSON.parse(byClient.get('Cursor') ?? '');
    expect(cursor).toEqual({ mcpServers: { todos: { url: todos.resource } } });
    expect(block).toContain(JSON.stringify(cursor));
    expect(byClient.get('ChatGPT')).toBe(todos.resource);
  });

  test('F-B3 what only keys open has no metadata and no line without a key; what refuses keys has none with one', async () => {
    const rowOf = async (apiKeys: 'only' | 'refused') => {
      const request = { key: 'mail', input: {}, page: { limit: 1 } };
      const known = { ...deps, servers: [{ ...mail, apiKeys }] };
      return (await getServer(request, { sub: 'admin', access: 'read' }, known)) as unknown as Record<string, unknown>;
    };
    const [only, refused] = [await rowOf('only'), await rowOf('refused')];
    const texts = (row: Record<string, unknown>) => (row['paste'] as { text: string }[]).map(({ text }) => text);
    expect(only).toMatchObject({ credentials: ['API keys'] });
    expect(Object.keys(only)).not.toEqual(expect.arrayContaining(['metadata']));
    expect(texts(only).every((text) => text.includes('YOUR_API_KEY'))).toBe(true);
    expect(refused).toMatchObject({ credentials: ['OAuth'] });
    expect(texts(refused).join()).not.toContain('API_KEY');
  });
});

describe('F-D4 signing-keys', () => {
  test('are listed newest first, and one of them signs', async () => {
    const { items } = (await run(listSigningKeys)) as unknown as { items: Record<string, unknown>[] };
    expect(items.map(({ kid, state }) => [kid, state])).toEqual([
      ['key-1', 'signing'],
      ['older', 'published'],
      ['old', 'gone'],
    ]);
    for (const row of items) expectKnown('signing-keys', row);
    expect(await run(getSigningKey, { key: 'key-1' })).toMatchObject({
      algorithm: 'RS256',
      createdAt: '1970-01-01T00:00:01Z',
      publicJwk: { kid: 'key-1' },
    });
    await expect(run(getSigningKey, { key: 'nothing' })).rejects.toMatchObject({ kind: 'not_found' });
  });
});
