import { documentClient } from './adapters/dynamodb/document-client.ts';
import { dynamoGrants } from './adapters/dynamodb/grants.ts';
import { logAudit } from './adapters/log-audit.ts';
import { publishedKeys } from './adapters/published-keys.ts';
import { protectedServers, readSettings } from './adapters/settings-file.ts';
import { systemClock as clock } from './adapters/system.ts';
import { createLogger, traceRequests } from './adapters/telemetry.ts';
import { parseEnv } from './contract/env.ts';
import { grantLiveness } from './core/resource/grant-liveness.ts';
import { createGuard, type Guard } from './http/guard.ts';

const { ISSUER: issuer, SERVER_URLS, table } = parseEnv('guard', process.env);
const settings = readSettings();
const servers = protectedServers(settings, SERVER_URLS);
const grants = dynamoGrants(documentClient(), table.Grants);
const isAlive = grantLiveness({ grants, clock, seconds: settings.lifetimes.grantCache });
const keys = publishedKeys(table.SigningKeys, clock);
const guard = createGuard({ issuer, servers, keys, isAlive, clock, audit: logAudit(createLogger('guard')) });
const trace = traceRequests(settings);

export const handler: Guard = (event) => trace(event.requestContext.requestId, () => guard(event), event);
