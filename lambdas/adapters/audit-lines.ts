import { gunzipSync } from 'node:zlib';
import * as z from 'zod/mini';
import type { AuditRecord } from '../core/ports/audit-trail.ts';

/** What CloudWatch Logs gives to a function that subscribes: base64 of gzip of JSON. */
export interface LogDelivery {
  readonly awslogs: { readonly data: string };
}

const delivery = z.object({
  messageType: z.string(),
  logEvents: z.array(z.object({ message: z.string() })),
});

const text = z.optional(z.string());

/** Only these members of a line are ever read: the type and the schema are the allow-list. */
const line = z.object({
  message: z.literal('audit'),
  id: z.string().check(z.minLength(1), z.maxLength(64)),
  timestamp: z.iso.datetime(),
  type: z.string(),
  decision: z.enum(['allowed', 'refused']),
  reason: text,
  sub: text,
  clientId: text,
  gid: text,
  server: text,
  tool: text,
  scopes: text,
  grantType: text,
  changed: text,
  traceId: text,
  address: text,
  connection: text,
  userAgent: text,
});

/**
 * The audit events of a delivery, each once. A line that is none is left out: one that cannot be read must not keep back
 * the others, and it stays in the log.
 * @throws Error if the delivery is not one of CloudWatch Logs
 */
export function auditRecords({ awslogs }: LogDelivery): readonly AuditRecord[] {
  const { logEvents } = delivery.parse(JSON.parse(gunzipSync(Buffer.from(awslogs.data, 'base64')).toString('utf8')));
  const records = logEvents.flatMap(({ message }) => recordOf(message) ?? []);
  return [...new Map(records.map((record) => [record.id, record])).values()];
}

function recordOf(message: string): AuditRecord | undefined {
  try {
    const { message: _, timestamp: time, ...rest } = line.parse(JSON.parse(message));
    return { ...rest, time } as AuditRecord;
  } catch {
    return undefined;
  }
}
