import { logAudit } from './adapters/log-audit.ts';
import { protectedServers, readSettings } from './adapters/settings-file.ts';
import { systemClock as clock, systemEntropy as entropy } from './adapters/system.ts';
import { createLogger, traceRequests } from './adapters/telemetry.ts';
import { tokenPorts } from './adapters/token-ports.ts';
import { parseEnv } from './contract/env.ts';
import { cachedClients } from './core/cached-clients.ts';
import { lambdaHandler } from './http/lambda-handler.ts';
import { tokenApp } from './http/token-app.ts';

const env = parseEnv('token', process.env);
const { lifetimes, dpopNonce, trustedIssuers = [], ...settings } = readSettings();
const servers = protectedServers(settings, env.SERVER_URLS);
const log = createLogger('token');
const ports = tokenPorts(env, settings, log);
const machine = { clients: cachedClients(ports.clients, clock), clock, entropy, log, audit: logAudit(log) };
const known = { issuer: env.ISSUER, upstreamIssuer: env.UPSTREAM_ISSUER, servers, trustedIssuers };
const app = tokenApp({ ...known, lifetimes, dpopNonce, ...ports, ...machine });

export const handler = lambdaHandler(app, traceRequests(settings));
