import { adminResources } from '../../../lambdas/contract/admin/resources.ts';
import type { AdminResource, OutputField } from '../../../lambdas/contract/admin/operation.ts';
import type { OverviewAnswer } from '../../../lambdas/core/admin/overview/overview-answer.ts';
import type { Row } from '../../../lambdas/http/console/console-desk.ts';

/** What a stranger writes wherever text is taken. */
export const hostile = `\u202E"'><script>alert(1)</script><img src=x onerror=alert(2)>&lt;{{7*7}}`;

/** A row of a resource in which every text of strangers is `text`. */
export function rowWith(resource: AdminResource, text: string): Row {
  return Object.fromEntries(resource.fields.map((field) => [field.name, valueOf(resource, field, text)]));
}

function valueOf(resource: AdminResource, { name, type, states = [] }: OutputField, text: string): unknown {
  if (name === resource.key) return text;
  if (type === 'time') return '2026-11-20T12:34:56Z';
  if (type === 'state') return states[0];
  if (type === 'integer') return 3;
  if (type === 'flag') return true;
  if (type === 'texts') return [text, `${text} 2`];
  if (resource.id !== 'servers' || type !== 'json') return type === 'json' ? { text } : text;
  if (name === 'paste') return [{ client: 'Claude Code', where: text, text: text.replaceAll('\u202E', '') }];
  return name === 'scopes' ? [{ name: text, description: text, implies: [], tools: [text], optional: true }] : { text };
}

/** An overview with something in it. @param text of strangers */
export function overviewWith(text: string): OverviewAnswer {
  const moment = (from: string, at: number) => ({
    from,
    signIns: at % 5,
    tokens: at * 7,
    calls: at === 3 ? 1234 : at * 31,
    refusals: at % 3,
  });
  return {
    hours: Array.from({ length: 24 }, (_, at) => moment(`2026-11-20T${String(at).padStart(2, '0')}:00:00Z`, at)),
    days: Array.from({ length: 30 }, (_, at) => moment(`2026-11-${String(at + 1).padStart(2, '0')}T00:00:00Z`, at)),
    refusals: [{ reason: text, count: 12 }],
    topClients: [{ client: text, clientName: text, count: 4321 }],
    topTools: [{ server: text, tool: text, count: 99 }],
  };
}

export const everyResource: readonly AdminResource[] = Object.values(adminResources);
