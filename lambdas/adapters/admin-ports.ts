import type { Env } from '../contract/env.ts';
import type { AdminDeps } from '../core/admin/deps.ts';
import { clientSecrets } from './client-secrets.ts';
import { dynamoAuditTrail } from './dynamodb/audit-trail.ts';
import { dynamoClientRegistry } from './dynamodb/client-registry.ts';
import { dynamoClients } from './dynamodb/clients.ts';
import { dynamoConsents } from './dynamodb/consents.ts';
import { documentClient } from './dynamodb/document-client.ts';
import { dynamoGrantStates } from './dynamodb/grant-states.ts';
import { dynamoUsage } from './dynamodb/usage.ts';
import { publishedKeys } from './published-keys.ts';
import { selfServicePorts } from './self-service-ports.ts';
import type { SelfServicePorts } from './self-service-ports.ts';
import { signingKeyRing } from './signing-key-ring.ts';
import { systemClock } from './system.ts';

type AdminPorts = SelfServicePorts &
  Pick<
    AdminDeps,
    | 'clients'
    | 'clientRegistry'
    | 'clientSecrets'
    | 'consents'
    | 'grantStates'
    | 'signingKeys'
    | 'signingKeyRing'
    | 'usage'
    | 'auditTrail'
  >;

/** What administrators look at and change. */
export function adminPorts({ table, CLIENT_SECRET_PREFIX, SIGNING_KEY_OWNER }: Env<'admin'>): AdminPorts {
  const db = documentClient();
  return {
    ...selfServicePorts(db, table),
    clients: dynamoClients(db, table.Clients),
    clientRegistry: dynamoClientRegistry(db, table.Clients),
    clientSecrets: clientSecrets(CLIENT_SECRET_PREFIX),
    consents: dynamoConsents(db, table.Consents),
    grantStates: dynamoGrantStates(db, table),
    signingKeys: publishedKeys(table.SigningKeys, systemClock),
    signingKeyRing: signingKeyRing({ db, table: table.SigningKeys, owner: SIGNING_KEY_OWNER }),
    usage: dynamoUsage(db, table.Usage),
    auditTrail: dynamoAuditTrail(db, table.Audit),
  };
}
