import type { Env } from '../contract/env.ts';
import type { Settings } from '../contract/settings.ts';
import type { ClientRegistry } from '../core/ports/client-registry.ts';
import type { Clients } from '../core/ports/clients.ts';
import { dynamoClientRegistry } from './dynamodb/client-registry.ts';
import { dynamoClients } from './dynamodb/clients.ts';
import { documentClient } from './dynamodb/document-client.ts';
import type { InstanceRateLimiting, OutageLog } from './rate-limiting.ts';
import { rateLimiting } from './rate-limiting.ts';
import { secretValue } from './secrets.ts';

export interface RegistrationPorts {
  readonly clients: Clients;
  readonly registry: ClientRegistry;
  readonly rateLimiting: InstanceRateLimiting | undefined;
  /** Absent: everybody may register. */
  readonly initialAccessToken?: () => Promise<string>;
}

/** What the registration function keeps, on AWS. */
export function registrationPorts(
  { table, INITIAL_ACCESS_TOKEN_SECRET_ARN }: Env<'registration'>,
  settings: Pick<Settings, 'rateLimits' | 'edge'>,
  log: OutageLog,
): RegistrationPorts {
  const db = documentClient();
  return {
    clients: dynamoClients(db, table.Clients),
    registry: dynamoClientRegistry(db, table.Clients),
    rateLimiting: rateLimiting(settings, table.RateLimits, log),
    ...(INITIAL_ACCESS_TOKEN_SECRET_ARN !== undefined && {
      initialAccessToken: secretValue(INITIAL_ACCESS_TOKEN_SECRET_ARN),
    }),
  };
}
