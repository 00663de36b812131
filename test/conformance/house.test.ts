import { beforeAll, describe, expect, inject, test } from 'vitest';
import { writePathValue } from '../../lambdas/contract/admin/path-value.ts';
import { AdminApi } from '../rig/admin-api.ts';
import { callMcp } from '../rig/mcp-call.ts';
import { OAuthClient } from '../rig/oauth-client.ts';
import { Person } from '../rig/person.ts';

const { baseUrl, mcpUrls } = inject('gatehouse');
const mcpUrl = mcpUrls['todo'] ?? '';
/** Events come by the log, in batches. */
const inTime = { timeout: 20_000, interval: 300 };

let admin: AdminApi;
beforeAll(async () => {
  admin = await AdminApi.signIn(baseUrl);
});

type Row = Readonly<Record<string, unknown>>;
type Moments = readonly { readonly calls: number; readonly tokens: number; readonly signIns: number }[];
const get = async (path: string): Promise<Row> => (await admin.call('GET', path)).body;
const items = async (path: string) => (await get(path))['items'] as readonly Row[];

describe('what happened', () => {
  test('F-D4 F-D1 a call is counted, in the record, and noted as the last use of its session and client', async () => {
    const before = await get('/overview');
    const client = await OAuthClient.register(baseUrl, { client_name: `Counted ${Date.now()}` });
    const person = new Person(`counted-${Date.now()}`);
    const tokens = await client.signIn({ person });
    await callMcp(mcpUrl, tokens.accessToken, { method: 'tools/call', params: { name: 'list_todos', arguments: {} } });
    const byClient = `/audit?client=${encodeURIComponent(client.clientId)}`;
    await expect.poll(async () => (await items(`${byClient}&type=tool.called`)).length, inTime).toBe(1);
    const [called] = await items(`${byClient}&type=tool.called`);
    expect(called).toMatchObject({ tool: 'list_todos', server: 'todo', decision: 'allowed' });
    // The newest of all hold it too.
    expect(await items('/audit?type=tool.called&limit=100')).toContainEqual(called);
    const sum = (answer: Row, what: keyof Moments[number]) =>
      (answer['hours'] as Moments).reduce((total, moment) => total + moment[what], 0);
    for (const what of ['calls', 'tokens', 'signIns'] as const) {
      await expect.poll(async () => sum(await get('/overview'), what), inTime).toBeGreaterThan(sum(before, what));
    }
    const session = `/sessions/${writePathValue(String(called?.['session']))}`;
    const registered = `/clients/${writePathValue(client.clientId)}`;
    await expect.poll(async () => (await get(session))['lastUsedAt'], inTime).toEqual(expect.stringMatching(/Z$/));
    await expect.poll(async () => (await get(registered))['lastUsedAt'], inTime).toEqual(expect.stringMatching(/Z$/));
    // The note was no refresh.
    expect(await client.refresh(tokens.refreshToken)).toMatchObject({ status: 200 });
  });

  test('F-D4 pages of the record follow each other without a gap', async () => {
    const first = await get('/audit?limit=5');
    expect(first['next']).toEqual(expect.any(String));
    const second = await get(`/audit?limit=5&cursor=${encodeURIComponent(String(first['next']))}`);
    const events = [first, second].flatMap((page) => page['items'] as Row[]);
    const times = events.map(({ time }) => String(time));
    expect(times).toEqual(times.toSorted().toReversed());
    expect(new Set(events.map((event) => JSON.stringify(event))).size).toBe(events.length);
    expect(events.length).toBeGreaterThan(5);
    const foreign = await admin.call('GET', `/audit?person=ada&cursor=${encodeURIComponent(String(first['next']))}`);
    expect(foreign).toMatchObject({ status: 400, body: { detail: expect.stringMatching(/cursor/i) } });
  });
});

describe('F-D4 what stands here', () => {
  test('the metadata of a server are those that are published, byte for byte', async () => {
    const [row] = await items('/servers');
    const published = await fetch(String(row?.['metadataUrl']));
    expect(await published.text()).toBe(JSON.stringify(row?.['metadata']));
    expect(row).toMatchObject({ server: 'todo', url: mcpUrl });
    expect(JSON.stringify(row?.['paste'])).toContain(`claude mcp add --transport http todo ${mcpUrl}`);
    expect((await admin.call('GET', '/servers/nothing')).status).toBe(404);
  });

  test('the signing keys are those of the JWKS, and one signs', async () => {
    const { keys } = (await (await fetch(`${baseUrl}/.well-known/jwks.json`)).json()) as { keys: { kid: string }[] };
    const rows = await items('/signing-keys');
    expect(rows.map(({ kid }) => kid).toSorted()).toEqual(keys.map(({ kid }) => kid).toSorted());
    expect(rows.filter(({ state }) => state === 'signing')).toHaveLength(1);
  });
});
