import { dynamoClients } from './adapters/dynamodb/clients.ts';
import { documentClient } from './adapters/dynamodb/document-client.ts';
import { readSettings } from './adapters/settings-file.ts';
import { systemClock as clock, systemEntropy as entropy } from './adapters/system.ts';
import { createLogger, logAudit, withTraceId } from './adapters/telemetry.ts';
import { parseEnv } from './contract/env.ts';
import { lambdaHandler } from './http/lambda-handler.ts';
import { registrationApp } from './http/registration-app.ts';

const { ISSUER: issuer, table } = parseEnv('registration', process.env);
const settings = readSettings();
const { lifetimes } = settings;
const log = createLogger('registration');
const clients = dynamoClients(documentClient(), table.Clients);
const app = registrationApp({ issuer, settings, lifetimes, clients, clock, entropy, log, audit: logAudit(log) });

export const handler = lambdaHandler(app, withTraceId);
