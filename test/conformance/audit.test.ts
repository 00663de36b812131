import { expect, inject, test, vi } from 'vitest';
import type { AuditDimension, AuditRecord } from '../../lambdas/core/ports/audit-trail.ts';
import { findSecrets } from '../rig/find-secrets.ts';
import { localAwsOf } from '../rig/local-aws.ts';
import { callMcp } from '../rig/mcp-call.ts';
import { OAuthClient } from '../rig/oauth-client.ts';
import { Person } from '../rig/person.ts';

const { baseUrl, mcpUrls, statePath } = inject('gatehouse');
const mcpUrl = mcpUrls['todo'] ?? '';
const aws = await localAwsOf(statePath);

async function recordsOf(by: AuditDimension, value: string): Promise<readonly AuditRecord[]> {
  return (await aws.trail.find(by, value, { limit: 100, now: Date.now() / 1000 })).records;
}

test('F-G3 a whole flow is found by client, person, grant and trace id, and was published', async () => {
  const client = await OAuthClient.register(baseUrl, { client_name: `Audited ${Date.now()}` });
  const person = new Person(`audited-${Date.now()}`);
  const { accessToken, refreshToken } = await client.signIn({ person });
  await callMcp(mcpUrl, accessToken, { method: 'tools/call', params: { name: 'list_todos', arguments: {} } });
  await client.refresh(refreshToken);
  await client.refresh(`${refreshToken}x`);

  const expected = [
    'client.registered',
    'person.signed_in',
    'consent.given',
    'token.issued',
    'tool.called',
    'token.issued',
    'token.refused',
  ];
  const inTime = { timeout: 20_000, interval: 250 };
  await vi.waitFor(async () => {
    const records = await recordsOf('clientId', client.clientId);
    expect(records.map(({ type }) => type).toSorted()).toEqual(expected.toSorted());
  }, inTime);
  const records = await recordsOf('clientId', client.clientId);
  const find = (type: string) => records.find((record) => record.type === type)!;

  const called = find('tool.called');
  expect(called).toMatchObject({ decision: 'allowed', server: 'todo', tool: 'list_todos', gid: expect.any(String) });
  expect(called.address).toMatch(/^(127\.0\.0\.1|::1)$/);
  expect(find('token.refused')).toMatchObject({ decision: 'refused', grantType: 'refresh_token' });
  expect(find('token.issued')).toMatchObject({ server: 'todo', scopes: expect.stringContaining('todo:read') });

  const { sub = '', gid = '', traceId = '' } = called;
  const types = async (by: AuditDimension, value: string) => (await recordsOf(by, value)).map(({ type }) => type);
  expect((await types('sub', sub)).toSorted()).toEqual(
    expected.filter((type) => !/registered|refused/.test(type)).toSorted(),
  );
  expect((await types('gid', gid)).toSorted()).toEqual(
    ['consent.given', 'token.issued', 'token.issued', 'tool.called'].toSorted(),
  );
  expect(await types('traceId', traceId)).toEqual(['tool.called']);

  const published = async () => (await aws.events()).filter(({ Detail }) => Detail.includes(client.clientId));
  await vi.waitFor(async () => expect(await published()).toHaveLength(expected.length), inTime);
  const events = await published();
  expect(events.every(({ Source }) => Source === 'gatehouse')).toBe(true);
  expect(JSON.parse(events.find(({ DetailType }) => DetailType === 'tool.called')!.Detail)).toEqual(called);

  const all = [...(await aws.auditItems()), ...events].map((item) => JSON.stringify(item)).join('\n');
  expect(findSecrets(all, [accessToken, refreshToken])).toEqual([]);
});

test('F-G3 whoever knocks without a credential is recorded with the trace id of the answer', async () => {
  const answer = await fetch(mcpUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  expect(answer.status).toBe(401);
  const traceId = answer.headers.get('x-amzn-requestid') ?? '';
  await vi.waitFor(
    async () =>
      expect(await recordsOf('traceId', traceId)).toMatchObject([
        { type: 'access.refused', decision: 'refused', reason: 'no_credential', server: 'todo' },
      ]),
    { timeout: 20_000, interval: 250 },
  );
});
