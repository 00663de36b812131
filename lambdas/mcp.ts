import { documentClient } from './adapters/dynamodb/document-client.ts';
import { dynamoTodos } from './adapters/dynamodb/todos.ts';
import { logAudit } from './adapters/log-audit.ts';
import { rateLimiting as limiting } from './adapters/rate-limiting.ts';
import { protectedServers, readSettings } from './adapters/settings-file.ts';
import { systemClock as clock, systemEntropy as entropy } from './adapters/system.ts';
import { createLogger, traceRequests } from './adapters/telemetry.ts';
import { parseEnv } from './contract/env.ts';
import { serveMcp } from './mcp/serve.ts';
import { todoServer } from './mcp/server.ts';

const { ISSUER: issuer, SERVER_URLS, table } = parseEnv('mcp', process.env);
const settings = readSettings();
const { allowedOrigins } = settings;
const servers = protectedServers(settings, SERVER_URLS);
const log = createLogger('mcp');
const todos = dynamoTodos(documentClient(), table.Todos);
const buildServer = todoServer({ todos, clock, entropy, log });

const rateLimiting = limiting(settings, table.RateLimits, log);
const machine = { log, audit: logAudit(log), trace: traceRequests(settings), rateLimiting };
export const handler = serveMcp({ issuer, servers, allowedOrigins, buildServer, ...machine });
