import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DocumentClient } from '../../lambdas/adapters/dynamodb/document-client.ts';
import { documentClient } from '../../lambdas/adapters/dynamodb/document-client.ts';
import { dynamoGrantStates } from '../../lambdas/adapters/dynamodb/grant-states.ts';
import { dynamoGrants } from '../../lambdas/adapters/dynamodb/grants.ts';
import { dynamoRevocations } from '../../lambdas/adapters/dynamodb/revocations.ts';
import { tables } from '../../lambdas/contract/tables.ts';
import type { Grant } from '../../lambdas/core/grant.ts';
import type { GrantStates } from '../../lambdas/core/ports/grant-states.ts';
import type { RevocationTarget } from '../../lambdas/core/ports/revocations.ts';
import { engines, startEngine } from '../rig/engines.ts';
import type { TestEngine } from '../rig/engines.ts';

const now = 1_800_000_000;
const names = { Grants: 'Grants', Revocations: 'Revocations' };
let counter = 0;

function newGrant(): Grant {
  counter += 1;
  return {
    gid: `gid-${counter}`,
    state: 'active',
    clientId: `client-${counter}`,
    sub: `person-${counter}`,
    resources: ['https://example.com/mcp'],
    scopes: ['todos:read'],
    refreshable: true,
    generation: 1,
    rotatedAt: now,
    authTime: now,
    createdAt: now,
    expiresAt: now + 3600,
    absoluteExpiresAt: now + 3600,
  };
}

/** What may end a grant beside itself. */
const targetsOf = ({ sub, clientId }: Grant): RevocationTarget[] => [
  { kind: 'person', sub },
  { kind: 'client', clientId },
  { kind: 'consent', sub, clientId },
];

describe.each(engines)('the state of a grant in DynamoDB (%s)', (kind) => {
  let engine: TestEngine;
  let reads: number;
  let states: GrantStates;
  let db: DocumentClient;

  beforeAll(async () => {
    engine = await startEngine(
      kind,
      (['Grants', 'Revocations'] as const).map((name) => ({ name, ...tables[name] })),
    );
    db = documentClient(engine.config);
    const counting: DocumentClient = {
      send: (operation, input) => db.send(operation, input),
      batchGet: (wanted) => {
        reads += 1;
        return db.batchGet(wanted);
      },
    };
    states = dynamoGrantStates(counting, names);
  });
  afterAll(() => engine.stop());

  async function stored(): Promise<Grant> {
    const grant = newGrant();
    await dynamoGrants(db, 'Grants').create(grant);
    reads = 0;
    return grant;
  }
  const revoke = (target: RevocationTarget, before: number) =>
    dynamoRevocations(db, 'Revocations').revoke(target, before);

  test('D9 the grant comes as it was stored, with nothing revoked, in one call', async () => {
    const grant = await stored();
    expect(await states.look(grant)).toEqual({ grant, revokedBefore: 0, holderRevokedBefore: 0 });
    expect(reads).toBe(1);
  });

  test.each([0, 1, 2])('D9 whatever ends it is seen in the same call: target %i', async (which) => {
    const grant = await stored();
    await revoke(targetsOf(grant)[which] as RevocationTarget, now + 5);
    expect(await states.look(grant)).toMatchObject({ grant, revokedBefore: now + 5, holderRevokedBefore: 0 });
    expect(reads).toBe(1);
  });

  test('the latest of all that ends it counts', async () => {
    const grant = await stored();
    await Promise.all(targetsOf(grant).map((target, at) => revoke(target, now + ((at + 2) % 3))));
    expect((await states.look(grant)).revokedBefore).toBe(now + 2);
  });

  test('what others lost says nothing about it', async () => {
    const [grant, other] = [await stored(), newGrant()];
    for (const target of targetsOf(other)) await revoke(target, now + 5);
    await revoke({ kind: 'consent', sub: other.sub, clientId: grant.clientId }, now + 5);
    await revoke({ kind: 'consent', sub: grant.sub, clientId: other.clientId }, now + 5);
    expect((await states.look(grant)).revokedBefore).toBe(0);
  });

  test('an unknown grant is unknown', async () => {
    const { sub, clientId } = await stored();
    expect(await states.look({ gid: 'nobody', sub, clientId })).toEqual({ revokedBefore: 0, holderRevokedBefore: 0 });
    expect(reads).toBe(1);
  });

  test.each([0, 1, 2])('a grant that nobody says whose it is costs a second call: target %i', async (which) => {
    const grant = await stored();
    await revoke(targetsOf(grant)[which] as RevocationTarget, now + 5);
    expect(await states.look({ gid: grant.gid })).toEqual({ grant, revokedBefore: now + 5, holderRevokedBefore: 0 });
    expect(reads).toBe(2);
  });

  test.each([0, 1, 2])('RFC 8693 an exchanged token dies with what its grant rests on: target %i', async (which) => {
    const [grant, { clientId }] = [await stored(), newGrant()];
    await revoke(targetsOf(grant)[which] as RevocationTarget, now + 5);
    const seen = await states.look({ ...grant, clientId });
    expect(seen).toEqual({ grant, revokedBefore: now + 5, holderRevokedBefore: 0 });
    expect(reads).toBe(2);
  });

  test('RFC 8693 the client that holds an exchanged token is told apart from the one of the grant', async () => {
    const [grant, { clientId }] = [await stored(), newGrant()];
    await revoke({ kind: 'client', clientId }, now + 7);
    expect(await states.look({ ...grant, clientId })).toEqual({
      grant,
      revokedBefore: 0,
      holderRevokedBefore: now + 7,
    });
  });
});
