import { logAudit } from './adapters/log-audit.ts';
import { registrationPorts } from './adapters/registration-ports.ts';
import { readSettings } from './adapters/settings-file.ts';
import { systemClock as clock, systemEntropy as entropy } from './adapters/system.ts';
import { createLogger, traceRequests } from './adapters/telemetry.ts';
import { parseEnv } from './contract/env.ts';
import { lambdaHandler } from './http/lambda-handler.ts';
import { registrationApp } from './http/registration-app.ts';

const env = parseEnv('registration', process.env);
const settings = readSettings();
const { lifetimes } = settings;
const log = createLogger('registration');
const machine = { clock, entropy, log, audit: logAudit(log) };
const ports = registrationPorts(env, settings, log);
const app = registrationApp({ issuer: env.ISSUER, settings, lifetimes, ...ports, ...machine });

export const handler = lambdaHandler(app, traceRequests(settings));
