import { randomBytes } from 'node:crypto';
import type { Hono } from 'hono';
import { dynamoClientRegistry } from '../../lambdas/adapters/dynamodb/client-registry.ts';
import { dynamoClients } from '../../lambdas/adapters/dynamodb/clients.ts';
import { dynamoConsents } from '../../lambdas/adapters/dynamodb/consents.ts';
import { dynamoDeviceAuthorizations } from '../../lambdas/adapters/dynamodb/device-authorizations.ts';
import { documentClient } from '../../lambdas/adapters/dynamodb/document-client.ts';
import { dynamoGrants } from '../../lambdas/adapters/dynamodb/grants.ts';
import { dynamoInteractions } from '../../lambdas/adapters/dynamodb/interactions.ts';
import { dynamoPageSignIns } from '../../lambdas/adapters/dynamodb/page-sign-ins.ts';
import { dynamoRevocations } from '../../lambdas/adapters/dynamodb/revocations.ts';
import { dynamoReplay } from '../../lambdas/adapters/dynamodb/replay.ts';
import { dynamoAuditTrail } from '../../lambdas/adapters/dynamodb/audit-trail.ts';
import { dynamoGrantStates } from '../../lambdas/adapters/dynamodb/grant-states.ts';
import { dynamoUsage } from '../../lambdas/adapters/dynamodb/usage.ts';
import { selfServicePorts } from '../../lambdas/adapters/self-service-ports.ts';
import type { TableName } from '../../lambdas/contract/tables.ts';
import { tables } from '../../lambdas/contract/tables.ts';
import type { AccountAppDeps } from '../../lambdas/http/account-app.ts';
import { accountApp } from '../../lambdas/http/account-app.ts';
import type { AdminAppDeps } from '../../lambdas/http/admin-app.ts';
import { adminApp } from '../../lambdas/http/admin-app.ts';
import type { ClientKeys } from '../../lambdas/core/ports/client-keys.ts';
import type { ClientRegistry } from '../../lambdas/core/ports/client-registry.ts';
import type { Clients } from '../../lambdas/core/ports/clients.ts';
import { discoveryApp } from '../../lambdas/http/discovery-app.ts';
import type { InteractionAppDeps } from '../../lambdas/http/interaction-app.ts';
import { interactionApp } from '../../lambdas/http/interaction-app.ts';
import { registrationApp } from '../../lambdas/http/registration-app.ts';
import { tokenApp } from '../../lambdas/http/token-app.ts';
import {
  auditLog,
  confidentialClient,
  CountingSigner,
  HandClock,
  issuer,
  lifetimes,
  pepper,
  publicClient,
  servers,
  signingKey,
} from '../core/fixtures.ts';
import { engines, startEngine } from '../rig/engines.ts';
import { MemoryRing } from '../rig/memory-ring.ts';
import { MemorySecrets } from '../rig/memory-secrets.ts';
import { ScriptedProvider } from './scripted-provider.ts';

export interface Line {
  readonly level: 'info' | 'error';
  readonly message: string;
  readonly fields: unknown;
}

/** Names of tables in the engine: those of the contract. */
const tableNames = Object.fromEntries(Object.keys(tables).map((name) => [name, name])) as Record<TableName, string>;

/** All apps over one real DynamoDB engine, with a clock to move and an identity provider to script. */
export interface Desk {
  readonly discovery: Hono;
  readonly registration: Hono;
  readonly interaction: Hono;
  readonly token: Hono;
  readonly account: Hono;
  readonly admin: Hono;
  readonly clock: HandClock;
  readonly provider: ScriptedProvider;
  readonly clients: Clients;
  readonly registry: ClientRegistry;
  readonly deps: InteractionAppDeps;
  /** What the apps of our own pages are made of. */
  readonly own: { readonly account: AccountAppDeps; readonly admin: AdminAppDeps };
  readonly lines: Line[];
  /** Who administers; a test may change it, as a deployment does. */
  readonly administrators: NonNullable<InteractionAppDeps['settings']['administrators']>;
  /** Address of the engine, to look into its tables past every adapter. */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** @param at issuer of the apps */
export async function startDesk(at = issuer): Promise<Desk> {
  const [kind] = engines;
  if (!kind) throw new Error('no DynamoDB engine is installed');
  const engine = await startEngine(
    kind,
    Object.entries(tables).map(([name, table]) => ({ name, ...table })),
  );
  const db = documentClient(engine.config);
  const lines: Line[] = [];
  const log = {
    info: (message: string, fields?: unknown) => void lines.push({ level: 'info', message, fields }),
    error: (message: string, fields?: unknown) => void lines.push({ level: 'error', message, fields }),
  };
  const clients = dynamoClients(db, 'Clients');
  await clients.register(publicClient);
  await clients.register(confidentialClient);
  const provider = new ScriptedProvider();
  const clock = new HandClock();
  const administrators = {
    emails: ['root@example.com'],
    groups: ['gatehouse-admins'],
    readerEmails: ['watch@example.com'],
    readerGroups: ['gatehouse-readers'],
    groupsClaim: 'cognito:groups',
  };
  const settings = {
    administrators,
    brand: { name: 'Gatehouse', accentColor: '#2f5fd0' },
    registration: { dynamic: true },
    metadataDocuments: { enabled: true, allowHosts: [], denyHosts: [] },
  };
  const signingKeys = { list: async () => [signingKey] };
  const deps: InteractionAppDeps = {
    clients,
    consents: dynamoConsents(db, 'Consents'),
    grants: dynamoGrants(db, 'Grants'),
    deviceAuthorizations: dynamoDeviceAuthorizations(db, 'Interactions'),
    interactions: dynamoInteractions(db, 'Interactions'),
    pageSignIns: dynamoPageSignIns(db, 'Interactions'),
    revocations: dynamoRevocations(db, 'Revocations'),
    identityProvider: provider,
    pepper,
    audit: auditLog(),
    entropy: { token: (bytes) => randomBytes(bytes).toString('base64url') },
    clock,
    issuer: at,
    servers,
    lifetimes,
    settings,
    log,
  };
  const grants = dynamoGrants(db, 'Grants');
  const registry = dynamoClientRegistry(db, 'Clients');
  const clientKeys: ClientKeys = { find: async ({ jwks }) => jwks?.keys ?? [] };
  const grantStates = dynamoGrantStates(db, tableNames);
  const own = {
    grants,
    grantStates,
    clientKeys,
    replay: dynamoReplay(db, 'Replay'),
    signingKeys,
    signer: new CountingSigner(),
  };
  const selfService = selfServicePorts(db, tableNames);
  const administration = {
    clientRegistry: registry,
    clientSecrets: new MemorySecrets(),
    grantStates,
    signingKeys,
    signingKeyRing: new MemoryRing([signingKey]),
    usage: dynamoUsage(db, 'Usage'),
    auditTrail: dynamoAuditTrail(db, 'Audit'),
  };
  const ownPages = {
    account: { ...deps, ...selfService, stage: 'development' },
    admin: { ...deps, ...selfService, ...administration, stage: 'development' },
  } as const;
  const idJag = { issuerKeys: { find: async () => [] }, trustedIssuers: [], upstreamIssuer: 'https://idp.example' };
  return {
    discovery: discoveryApp({ issuer: at, settings, servers, signingKeys, log }),
    registration: registrationApp({ ...deps, settings, registry }),
    interaction: interactionApp(deps),
    token: tokenApp({ ...deps, ...own, ...idJag }),
    account: accountApp(ownPages.account),
    admin: adminApp(ownPages.admin),
    clock,
    provider,
    clients,
    registry,
    deps,
    own: ownPages,
    lines,
    administrators,
    endpoint: engine.endpoint,
    stop: () => engine.stop(),
  };
}
