import type { SelfServiceDeps } from '../core/admin/deps.ts';
import { dynamoApiKeys } from './dynamodb/api-keys.ts';
import { dynamoClientList } from './dynamodb/client-list.ts';
import { dynamoConsentList } from './dynamodb/consent-list.ts';
import type { DocumentClient } from './dynamodb/document-client.ts';
import { dynamoGrants } from './dynamodb/grants.ts';
import { dynamoInteractions } from './dynamodb/interactions.ts';
import { dynamoNames } from './dynamodb/names.ts';
import { dynamoRevocations } from './dynamodb/revocations.ts';
import { dynamoSessionList } from './dynamodb/session-list.ts';

type Tables = Readonly<
  Record<'Interactions' | 'Clients' | 'Consents' | 'Grants' | 'ApiKeys' | 'Revocations' | 'Names', string>
>;
export type SelfServicePorts = Pick<
  SelfServiceDeps,
  'interactions' | 'revocations' | 'grants' | 'sessionList' | 'clientList' | 'consentList' | 'apiKeys' | 'names'
>;

/** Where people's access is kept, for those who look after it. */
export function selfServicePorts(db: DocumentClient, table: Tables): SelfServicePorts {
  return {
    interactions: dynamoInteractions(db, table.Interactions),
    revocations: dynamoRevocations(db, table.Revocations),
    grants: dynamoGrants(db, table.Grants),
    sessionList: dynamoSessionList(db, table.Grants),
    clientList: dynamoClientList(db, table.Clients),
    consentList: dynamoConsentList(db, table.Consents),
    apiKeys: dynamoApiKeys(db, table.ApiKeys),
    names: dynamoNames(db, table.Names),
  };
}
