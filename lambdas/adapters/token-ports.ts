import type { Env } from '../contract/env.ts';
import type { Settings } from '../contract/settings.ts';
import { clientKeySets } from '../core/metadata-document/client-key-sets.ts';
import { metadataDocumentClients } from '../core/metadata-document/metadata-document-clients.ts';
import { cachedIssuerKeys } from '../core/id-jag/cached-issuer-keys.ts';
import type { DeviceAuthorizations } from '../core/ports/device-authorizations.ts';
import type { GrantStates } from '../core/ports/grant-states.ts';
import type { Grants } from '../core/ports/grants.ts';
import type { ClientKeys } from '../core/ports/client-keys.ts';
import type { Clients } from '../core/ports/clients.ts';
import type { Interactions } from '../core/ports/interactions.ts';
import type { IssuerKeys } from '../core/ports/issuer-keys.ts';
import type { Pepper } from '../core/ports/pepper.ts';
import type { Replay } from '../core/ports/replay.ts';
import type { Revocations } from '../core/ports/revocations.ts';
import type { Signer } from '../core/ports/signer.ts';
import type { SigningKeys } from '../core/ports/signing-keys.ts';
import { dynamoClients } from './dynamodb/clients.ts';
import { dynamoDeviceAuthorizations } from './dynamodb/device-authorizations.ts';
import { documentClient } from './dynamodb/document-client.ts';
import { dynamoGrantStates } from './dynamodb/grant-states.ts';
import { dynamoGrants } from './dynamodb/grants.ts';
import { dynamoInteractions } from './dynamodb/interactions.ts';
import { dynamoReplay } from './dynamodb/replay.ts';
import { dynamoRevocations } from './dynamodb/revocations.ts';
import { guardedFetch } from './guarded-fetch/guarded-fetch.ts';
import { kmsSigner } from './kms-signer.ts';
import { publishedKeys } from './published-keys.ts';
import type { InstanceRateLimiting, OutageLog } from './rate-limiting.ts';
import { rateLimiting } from './rate-limiting.ts';
import { pepperSecret } from './secrets.ts';
import { systemClock } from './system.ts';

export interface TokenPorts {
  readonly clients: Clients;
  readonly clientKeys: ClientKeys;
  readonly deviceAuthorizations: DeviceAuthorizations;
  readonly issuerKeys: IssuerKeys;
  readonly grants: Grants;
  readonly grantStates: GrantStates;
  readonly revocations: Revocations;
  readonly interactions: Pick<Interactions, 'push'>;
  readonly signingKeys: SigningKeys;
  readonly signer: Signer;
  readonly pepper: Pepper;
  readonly replay: Replay;
  readonly rateLimiting: InstanceRateLimiting | undefined;
}

/** What the token function keeps and signs with, on AWS, and how it reaches the documents of clients. */
export function tokenPorts(
  env: Env<'token'>,
  settings: Pick<Settings, 'metadataDocuments' | 'rateLimits' | 'edge'>,
  log: OutageLog,
): TokenPorts {
  const { metadataDocuments: policy } = settings;
  const { table, PEPPER_SECRET_ARN } = env;
  const db = documentClient();
  const documents = guardedFetch({ issuer: env.ISSUER });
  return {
    clients: metadataDocumentClients({
      clients: dynamoClients(db, table.Clients),
      documents,
      policy,
      unavailable: 'invalid_client',
    }),
    clientKeys: clientKeySets({ documents, policy, clock: systemClock }),
    deviceAuthorizations: dynamoDeviceAuthorizations(db, table.Interactions),
    issuerKeys: cachedIssuerKeys({ documents, clock: systemClock }),
    grants: dynamoGrants(db, table.Grants),
    grantStates: dynamoGrantStates(db, table),
    revocations: dynamoRevocations(db, table.Revocations),
    interactions: dynamoInteractions(db, table.Interactions),
    signingKeys: publishedKeys(table.SigningKeys, systemClock),
    signer: kmsSigner(),
    pepper: pepperSecret(PEPPER_SECRET_ARN),
    replay: dynamoReplay(db, table.Replay),
    rateLimiting: rateLimiting(settings, table.RateLimits, log),
  };
}
