import { expect, test } from 'vitest';
import type { AuditEvent } from '../../lambdas/core/ports/audit.ts';
import { auditCalls } from '../../lambdas/mcp/audit-calls.ts';
import { server } from '../resource/forge.ts';
import { callerOf } from './scene.ts';

function recorded(body: unknown, headers: Record<string, string> = {}, scope = 'todos:read'): AuditEvent[] {
  const events: AuditEvent[] = [];
  const request = new Request(server.resource, { method: 'POST', headers });
  auditCalls(request, body, { caller: callerOf({ scope }), server }, { record: (event) => void events.push(event) });
  return events;
}

const call = (name: unknown) => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name, arguments: { s: 1 } },
});
const named = (tool: string) => ({ 'mcp-method': 'tools/call', 'mcp-name': tool });

test('F-G3 a call of a client that names no tool in its headers is recorded here', () => {
  const who = { server: 'todos', sub: 'alice', clientId: 'client-1', gid: 'grant-1' };
  expect(recorded(call('get_todo'))).toEqual([
    { type: 'tool.called', tool: 'get_todo', ...who, scopes: ['todos:read'] },
  ]);
  expect(recorded(call('delete_todo'))).toMatchObject([
    { type: 'tool.refused', decision: 'refused', reason: 'insufficient_scope', tool: 'delete_todo', ...who },
  ]);
});

test('F-G3 a call that the guard has recorded is not recorded twice', () => {
  expect(recorded(call('get_todo'), named('get_todo'))).toEqual([]);
});

test('F-G3 a harmless header hides no call: the body is recorded', () => {
  expect(recorded(call('delete_todo'), named('get_todo'))).toMatchObject([{ tool: 'delete_todo' }]);
  const batch = [call('get_todo'), call('get_todo'), call('delete_todo')];
  expect(recorded(batch, named('get_todo')).map(({ tool }) => tool)).toEqual(['get_todo', 'delete_todo']);
});

test('F-G3 what calls no tool is no call', () => {
  for (const body of [null, 'tools/call', [], { method: 'tools/list' }, call(7), { method: 'tools/call' }]) {
    expect(recorded(body)).toEqual([]);
  }
});
