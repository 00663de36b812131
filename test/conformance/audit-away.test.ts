import { afterAll, expect, test, vi } from 'vitest';
import { startGatehouse } from '../rig/gatehouse.ts';
import { localAwsOf } from '../rig/local-aws.ts';
import { callMcp } from '../rig/mcp-call.ts';
import { OAuthClient } from '../rig/oauth-client.ts';

const gatehouse = await startGatehouse({ app: 'test/apps/audit-away.ts' });
afterAll(() => gatehouse.stop());

test('F-G3 while the audit function is away every answer is as always, and the log has the events', async () => {
  const client = await OAuthClient.register(gatehouse.baseUrl);
  const { accessToken, refreshToken } = await client.signIn();
  const call = { method: 'tools/call', params: { name: 'list_todos', arguments: {} } };
  expect((await callMcp(gatehouse.mcpUrls['todo'] ?? '', accessToken, call)).status).toBe(200);
  await vi.waitFor(() => expect(gatehouse.output()).toContain('log events were not delivered'), { timeout: 30_000 });
  expect((await client.refresh(refreshToken)).status).toBe(200);

  const audited = gatehouse
    .output()
    .split('\n')
    .filter((line) => line.includes('  audit  '));
  for (const type of ['client.registered', 'person.signed_in', 'consent.given', 'token.issued', 'tool.called']) {
    expect(audited.filter((line) => line.includes(`type=${type}`))).not.toEqual([]);
  }
  expect(await (await localAwsOf(gatehouse.statePath)).auditItems()).toEqual([]);
});
