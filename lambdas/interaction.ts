import { interactionPorts } from './adapters/interaction-ports.ts';
import { logAudit } from './adapters/log-audit.ts';
import { protectedServers, readSettings } from './adapters/settings-file.ts';
import { systemClock as clock, systemEntropy as entropy } from './adapters/system.ts';
import { createLogger, traceRequests } from './adapters/telemetry.ts';
import { parseEnv } from './contract/env.ts';
import { interactionApp } from './http/interaction-app.ts';
import { lambdaHandler } from './http/lambda-handler.ts';

const env = parseEnv('interaction', process.env);
const settings = readSettings();
const { lifetimes } = settings;
const servers = protectedServers(settings, env.SERVER_URLS);
const log = createLogger('interaction');
const machine = { clock, entropy, log, audit: logAudit(log) };
const ports = interactionPorts(env, settings, log);
const app = interactionApp({ issuer: env.ISSUER, settings, servers, lifetimes, ...ports, ...machine });

export const handler = lambdaHandler(app, traceRequests(settings));
