import type { Env } from '../contract/env.ts';
import type { Settings } from '../contract/settings.ts';
import { metadataDocumentClients } from '../core/metadata-document/metadata-document-clients.ts';
import type { Clients } from '../core/ports/clients.ts';
import type { Consents } from '../core/ports/consents.ts';
import type { DeviceAuthorizations } from '../core/ports/device-authorizations.ts';
import type { Grants } from '../core/ports/grants.ts';
import type { IdentityProvider } from '../core/ports/identity-provider.ts';
import type { Interactions } from '../core/ports/interactions.ts';
import type { PageSignIns } from '../core/ports/page-sign-ins.ts';
import type { Pepper } from '../core/ports/pepper.ts';
import type { Revocations } from '../core/ports/revocations.ts';
import { dynamoClients } from './dynamodb/clients.ts';
import { dynamoConsents } from './dynamodb/consents.ts';
import { dynamoDeviceAuthorizations } from './dynamodb/device-authorizations.ts';
import { documentClient } from './dynamodb/document-client.ts';
import { dynamoGrants } from './dynamodb/grants.ts';
import { dynamoInteractions } from './dynamodb/interactions.ts';
import { dynamoPageSignIns } from './dynamodb/page-sign-ins.ts';
import { dynamoRevocations } from './dynamodb/revocations.ts';
import type { KnownGroups } from './groups-in.ts';
import { guardedFetch } from './guarded-fetch/guarded-fetch.ts';
import type { InstanceRateLimiting, OutageLog } from './rate-limiting.ts';
import { rateLimiting } from './rate-limiting.ts';
import { pepperSecret, secretValue } from './secrets.ts';
import { upstreamOidc } from './upstream-oidc.ts';

export interface InteractionPorts {
  readonly clients: Clients;
  readonly consents: Consents;
  readonly deviceAuthorizations: DeviceAuthorizations;
  readonly grants: Grants;
  readonly interactions: Interactions;
  readonly identityProvider: IdentityProvider;
  readonly pageSignIns: PageSignIns;
  readonly revocations: Revocations;
  readonly pepper: Pepper;
  readonly rateLimiting: InstanceRateLimiting | undefined;
}

/** What the interaction function keeps, and where it sends people to sign in. */
export function interactionPorts(
  env: Env<'interaction'>,
  settings: Pick<Settings, 'administrators' | 'metadataDocuments' | 'rateLimits' | 'edge'>,
  log: OutageLog,
): InteractionPorts {
  const { metadataDocuments: policy } = settings;
  const db = documentClient();
  const { table } = env;
  return {
    clients: metadataDocumentClients({
      clients: dynamoClients(db, table.Clients),
      documents: guardedFetch({ issuer: env.ISSUER }),
      policy,
      unavailable: 'temporarily_unavailable',
    }),
    consents: dynamoConsents(db, table.Consents),
    deviceAuthorizations: dynamoDeviceAuthorizations(db, table.Interactions),
    grants: dynamoGrants(db, table.Grants),
    interactions: dynamoInteractions(db, table.Interactions),
    pageSignIns: dynamoPageSignIns(db, table.Interactions),
    revocations: dynamoRevocations(db, table.Revocations),
    identityProvider: upstreamOidc({
      issuer: env.UPSTREAM_ISSUER,
      clientId: env.UPSTREAM_CLIENT_ID,
      clientSecret: secretValue(env.UPSTREAM_CLIENT_SECRET_ARN),
      redirectUri: `${env.ISSUER}/callback`,
      groups: knownGroups(settings),
    }),
    pepper: pepperSecret(env.PEPPER_SECRET_ARN),
    rateLimiting: rateLimiting(settings, table.RateLimits, log),
  };
}

function knownGroups({ administrators }: Pick<Settings, 'administrators'>): KnownGroups | undefined {
  if (!administrators) return undefined;
  const { groupsClaim: claim, groups, readerGroups } = administrators;
  return { claim, names: [...new Set([...groups, ...readerGroups])] };
}
