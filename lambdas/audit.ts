import { auditDelivery } from './adapters/audit-delivery.ts';
import { dynamoAuditTrail } from './adapters/dynamodb/audit-trail.ts';
import { documentClient } from './adapters/dynamodb/document-client.ts';
import { dynamoLastUses } from './adapters/dynamodb/last-uses.ts';
import { dynamoUsage } from './adapters/dynamodb/usage.ts';
import { eventBus } from './adapters/event-bus.ts';
import { readSettings } from './adapters/settings-file.ts';
import { createLogger } from './adapters/telemetry.ts';
import { parseEnv } from './contract/env.ts';
import { bookKeeping } from './core/usage/book-keeping.ts';

const { table } = parseEnv('audit', process.env);
const { auditRetention: retention = 90 * 86_400 } = readSettings();
const db = documentClient();
const trail = dynamoAuditTrail(db, table.Audit);
const keepBooks = bookKeeping({ usage: dynamoUsage(db, table.Usage), lastUses: dynamoLastUses(db, table) });

export const handler = auditDelivery({ trail, publish: eventBus(), keepBooks, retention, log: createLogger('audit') });
