import { documentClient } from './adapters/dynamodb/document-client.ts';
import { dynamoTodos } from './adapters/dynamodb/todos.ts';
import { protectedServers, readSettings } from './adapters/settings-file.ts';
import { systemClock as clock, systemEntropy as entropy } from './adapters/system.ts';
import { createLogger, withTraceId as trace } from './adapters/telemetry.ts';
import { parseEnv } from './contract/env.ts';
import { serveMcp } from './mcp/serve.ts';
import { todoServer } from './mcp/server.ts';

const { ISSUER: issuer, SERVER_URLS, table } = parseEnv('mcp', process.env);
const settings = readSettings();
const servers = protectedServers(settings, SERVER_URLS);
const { allowedOrigins } = settings;
const log = createLogger('mcp');
const todos = dynamoTodos(documentClient(), table.Todos);
const buildServer = todoServer({ todos, clock, entropy, log });

export const handler = serveMcp({ issuer, servers, allowedOrigins, buildServer, log, trace });
