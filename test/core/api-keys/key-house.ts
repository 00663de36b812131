import { afterAll, beforeAll } from 'vitest';
import { dynamoApiKeys } from '../../../lambdas/adapters/dynamodb/api-keys.ts';
import { documentClient } from '../../../lambdas/adapters/dynamodb/document-client.ts';
import { dynamoNames } from '../../../lambdas/adapters/dynamodb/names.ts';
import { dynamoRevocations } from '../../../lambdas/adapters/dynamodb/revocations.ts';
import { tables } from '../../../lambdas/contract/tables.ts';
import type { CreatedKey } from '../../../lambdas/core/api-keys/create-api-key.ts';
import type { KeyMaker } from '../../../lambdas/core/api-keys/key-maker.ts';
import { createApiKey } from '../../../lambdas/core/api-keys/create-api-key.ts';
import type { KeyDeps } from '../../../lambdas/core/api-keys/key-deps.ts';
import type { KeyInput } from '../../../lambdas/core/api-keys/key-input.ts';
import type { ProtectedServer } from '../../../lambdas/core/protected-server.ts';
import { server, scope, issuer } from '../../resource/forge.ts';
import type { TestEngine } from '../../rig/engines.ts';
import { engines, startEngine } from '../../rig/engines.ts';
import { auditLog, HandClock, pepper, seededEntropy } from '../fixtures.ts';

/** A server that obeys paths, and one that takes no keys. */
export const notes: ProtectedServer = {
  id: 'notes',
  name: 'Notes',
  path: '/notes',
  resource: `${issuer}/notes`,
  scopes: [scope('notes:read', ['read_notes']), scope('notes:share', ['share_note'])],
  authorizationDetailTypes: ['mcp_paths'],
};
export const closed: ProtectedServer = { ...notes, id: 'closed', path: '/closed', apiKeys: 'refused' };

/** A server that takes keys only. */
export const only: ProtectedServer = {
  ...server,
  id: 'only',
  path: '/only',
  resource: `${issuer}/only`,
  apiKeys: 'only',
};

/** What nothing is wrong with. */
export const goodInput: KeyInput = {
  name: 'Nightly report',
  servers: ['todos'],
  permissions: ['read'],
  expires: '30d',
};

/** The keys of one deployment over a real engine, each time for another owner. */
export function useKeyHouse() {
  let engine: TestEngine;
  let count = 0;
  beforeAll(async () => {
    const kind = engines[0];
    if (!kind) throw new Error('no DynamoDB engine is installed');
    const { ApiKeys, Names, Revocations } = tables;
    const all = Object.entries({ ApiKeys, Names, Revocations });
    engine = await startEngine(
      kind,
      all.map(([name, table]) => ({ name, ...table })),
    );
  });
  afterAll(() => engine.stop());

  return () => {
    count += 1;
    const db = documentClient(engine.config);
    const clock = new HandClock();
    const deps: KeyDeps & { audit: ReturnType<typeof auditLog>; clock: HandClock } = {
      stage: 'development',
      servers: [server, notes, closed, only],
      clock,
      entropy: seededEntropy(`keys ${count}`),
      pepper,
      audit: auditLog(),
      apiKeys: dynamoApiKeys(db, 'ApiKeys'),
      names: dynamoNames(db, 'Names'),
      revocations: dynamoRevocations(db, 'Revocations'),
    };
    const owner = `person-${count}`;
    const create = (input: Partial<KeyInput> = {}, maker: Partial<KeyMaker> = {}): Promise<CreatedKey> =>
      createApiKey({ ...goodInput, ...input }, { owner, actsAs: 'owner', ...maker }, deps);
    return { deps, clock, owner, create };
  };
}
