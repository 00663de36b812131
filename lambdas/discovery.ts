import { publishedKeys } from './adapters/published-keys.ts';
import { protectedServers, readSettings } from './adapters/settings-file.ts';
import { systemClock } from './adapters/system.ts';
import { createLogger, withTraceId } from './adapters/telemetry.ts';
import { parseEnv } from './contract/env.ts';
import { discoveryApp } from './http/discovery-app.ts';
import { lambdaHandler } from './http/lambda-handler.ts';

const { ISSUER: issuer, SERVER_URLS, table } = parseEnv('discovery', process.env);
const settings = readSettings();
const servers = protectedServers(settings, SERVER_URLS);
const signingKeys = publishedKeys(table.SigningKeys, systemClock);
const app = discoveryApp({ issuer, settings, servers, signingKeys, log: createLogger('discovery') });

export const handler = lambdaHandler(app, withTraceId);
