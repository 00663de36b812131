import { describe, expect, test } from 'vitest';
import type { AuditRecord } from '../../../lambdas/core/ports/audit-trail.ts';
import type { UsageCount } from '../../../lambdas/core/ports/usage.ts';
import { bookKeeping } from '../../../lambdas/core/usage/book-keeping.ts';
import { countEvents } from '../../../lambdas/core/usage/count-events.ts';

let counter = 0;
const record = (type: string, changes: Partial<AuditRecord> = {}): AuditRecord => ({
  id: `event-${counter++}`,
  time: '2026-11-21T07:59:59.999Z',
  type,
  decision: 'allowed',
  ...changes,
});

describe('F-D4 what is counted', () => {
  const call = { clientId: 'https://app.example/id', server: 'todo', tool: 'list_todos' };
  const records = [
    record('person.signed_in', { clientId: 'app' }),
    record('token.issued', { clientId: 'app' }),
    record('tool.called', call),
    record('tool.called', { ...call, time: '2026-11-30T23:59:59.999Z' }),
    record('tool.called', { ...call, time: '2026-12-01T00:00:00.000Z' }),
    record('tool.refused', { ...call, decision: 'refused', reason: 'insufficient_scope' }),
    record('consent.denied', { decision: 'refused', clientId: 'app' }),
    record('consent.given', { clientId: 'app' }),
  ];
  const sums = countEvents(records);

  test('hours and days hold sign-ins, tokens, calls and refusals by reason, in UTC', () => {
    const morning = ['sign_in', 'token', 'call', 'refusal#insufficient_scope', 'refusal#consent.denied'];
    const at = (prefix: string) => morning.map((what) => ({ name: `${prefix}#${what}`, count: 1 }));
    expect(sums.get('hours#2026-11-21')).toEqual(at('07'));
    expect(sums.get('hours#2026-11-30')).toEqual([{ name: '23#call', count: 1 }]);
    expect(sums.get('hours#2026-12-01')).toEqual([{ name: '00#call', count: 1 }]);
    expect(new Set(sums.get('days#2026-11'))).toEqual(new Set([...at('21'), { name: '30#call', count: 1 }]));
    expect(sums.get('days#2026-12')).toEqual([{ name: '01#call', count: 1 }]);
  });

  test('clients count by tokens and calls, tools by calls; what was refused makes nobody busy', () => {
    expect(sums.get('clients#2026-11')).toEqual([
      { name: 'app', count: 1 },
      { name: call.clientId, count: 2 },
    ]);
    expect(sums.get('tools#2026-11')).toEqual([{ name: 'todo/list_todos', count: 2 }]);
    expect([...sums.keys()]).toHaveLength(9);
  });

  test('a thousand events of a kind are one counter, and no name is longer than a key may be', () => {
    const many = Array.from({ length: 1000 }, () => record('tool.called', { ...call, tool: 'x'.repeat(500) }));
    const counts = countEvents(many);
    expect([...counts.values()].map((list) => list.map(({ count }) => count))).toEqual([
      [1000],
      [1000],
      [1000],
      [1000],
    ]);
    const names = [...counts.values()].flat().map(({ name }) => name.length);
    expect(Math.max(...names)).toBe(250);
  });

  test('no event, nothing to write', () => {
    expect(countEvents([])).toEqual(new Map());
  });
});

describe('F-D1 last uses', () => {
  async function notesOf(records: readonly AuditRecord[]): Promise<unknown[]> {
    const notes: unknown[] = [];
    const added: [string, readonly UsageCount[], number][] = [];
    const usage = {
      add: async (...args: [string, readonly UsageCount[], number]) => void added.push(args),
      read: async () => [],
      top: async () => [],
    };
    await bookKeeping({ usage, lastUses: { note: async (...args) => void notes.push(args) } })(records, 7);
    expect(added.every(([, , expiresAt]) => expiresAt === 7)).toBe(true);
    return notes;
  }

  test('are noted once a client and grant, as late as the latest call or token', async () => {
    const whose = { clientId: 'app', gid: 'g1' };
    const at = Math.floor(Date.parse('2026-11-21T07:59:59.999Z') / 1000);
    const later = { time: '2026-11-21T08:00:01.500Z' };
    expect(
      await notesOf([
        record('tool.called', { ...whose, ...later }),
        record('token.issued', whose),
        record('token.issued', { clientId: 'app', gid: 'g2' }),
      ]),
    ).toEqual([
      ['client', 'app', at + 2],
      ['grant', 'g1', at + 2],
      ['grant', 'g2', at],
    ]);
  });

  test('are no refusals, which anybody can cause, and no uses of API keys', async () => {
    expect(
      await notesOf([
        record('access.refused', { decision: 'refused', clientId: 'app', gid: 'g1' }),
        record('tool.refused', { decision: 'refused', clientId: 'app', gid: 'g1' }),
        record('client.registered', { clientId: 'app' }),
        record('tool.called', { clientId: 'key:abc', gid: 'key:abc' }),
      ]),
    ).toEqual([]);
  });
});
