import { guardPorts } from './adapters/guard-ports.ts';
import { logAudit } from './adapters/log-audit.ts';
import { protectedServers, readSettings } from './adapters/settings-file.ts';
import { systemClock as clock } from './adapters/system.ts';
import { createLogger, currentOrigin, traceRequests } from './adapters/telemetry.ts';
import { parseEnv } from './contract/env.ts';
import { createGuard, type Guard } from './http/guard.ts';
import { keyUseNotes } from './http/guard/key-use-notes.ts';

const env = parseEnv('guard', process.env);
const settings = readSettings();
const servers = protectedServers(settings, env.SERVER_URLS);
const ports = guardPorts(env, settings);
const log = createLogger('guard');
const onFailure = (error: unknown) => log.error('the use of an API key was not noted', { error });
const noteKeyUse = keyUseNotes({ ...ports, clock, onFailure, address: () => currentOrigin().address });
const guard = createGuard({ ...ports, issuer: env.ISSUER, servers, clock, noteKeyUse, audit: logAudit(log) });
const trace = traceRequests(settings);
export const handler: Guard = (event) => trace(event.requestContext.requestId, () => guard(event), event);
