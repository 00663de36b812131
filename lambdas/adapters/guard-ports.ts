import type { Env } from '../contract/env.ts';
import type { Settings } from '../contract/settings.ts';
import type { ApiKeys } from '../core/ports/api-keys.ts';
import type { SigningKeys } from '../core/ports/signing-keys.ts';
import type { GrantLiveness } from '../core/resource/grant-liveness.ts';
import { grantLiveness } from '../core/resource/grant-liveness.ts';
import type { ApiKeyVerifier } from '../core/resource/verify-api-key.ts';
import { apiKeyVerifier } from '../core/resource/verify-api-key.ts';
import { dynamoApiKeys } from './dynamodb/api-keys.ts';
import { documentClient } from './dynamodb/document-client.ts';
import { dynamoGrantStates } from './dynamodb/grant-states.ts';
import { dynamoRevocations } from './dynamodb/revocations.ts';
import { publishedKeys } from './published-keys.ts';
import { systemClock as clock } from './system.ts';

/** Seconds within which a revoked API key is dead, whatever was set for grants. */
const longestMemory = 60;

export interface GuardPorts {
  readonly keys: SigningKeys;
  readonly apiKeys: ApiKeys;
  readonly isAlive: GrantLiveness;
  readonly verifyKey: ApiKeyVerifier;
}

/** What the guard asks about credentials, with what it may remember of the answers. */
export function guardPorts(
  { table }: Env<'guard'>,
  { stage, lifetimes }: Pick<Settings, 'stage' | 'lifetimes'>,
): GuardPorts {
  const db = documentClient();
  const { grantCache: seconds } = lifetimes;
  const apiKeys = dynamoApiKeys(db, table.ApiKeys);
  const revocations = dynamoRevocations(db, table.Revocations);
  return {
    keys: publishedKeys(table.SigningKeys, clock),
    apiKeys,
    isAlive: grantLiveness({ grantStates: dynamoGrantStates(db, table), clock, seconds }),
    verifyKey: apiKeyVerifier({ apiKeys, revocations, clock, stage, seconds: Math.min(seconds, longestMemory) }),
  };
}
