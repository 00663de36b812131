import { auditDelivery } from './adapters/audit-delivery.ts';
import { dynamoAuditTrail } from './adapters/dynamodb/audit-trail.ts';
import { documentClient } from './adapters/dynamodb/document-client.ts';
import { eventBus } from './adapters/event-bus.ts';
import { readSettings } from './adapters/settings-file.ts';
import { createLogger } from './adapters/telemetry.ts';
import { parseEnv } from './contract/env.ts';

const { table } = parseEnv('audit', process.env);
const { auditRetention: retention = 90 * 86_400 } = readSettings();
const trail = dynamoAuditTrail(documentClient(), table.Audit);

export const handler = auditDelivery({ trail, publish: eventBus(), retention, log: createLogger('audit') });
