import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentClient } from '../../lambdas/adapters/dynamodb/document-client.ts';
import { dynamoPageSignIns } from '../../lambdas/adapters/dynamodb/page-sign-ins.ts';
import type { PageSignIn, PageSignIns } from '../../lambdas/core/ports/page-sign-ins.ts';
import { engines, startEngine } from '../rig/engines.ts';
import type { TestEngine } from '../rig/engines.ts';

const now = 1_800_000_000;

let count = 0;
function fresh(): PageSignIn {
  count += 1;
  const upstream = { nonce: 'n', codeVerifier: 'v', prompt: 'select_account' as const };
  return { id: `p-${count}`, to: '/account', browserDigest: 'b', upstream, startedAt: now, expiresAt: now + 600 };
}

describe.each(engines)('sign-ins for our own pages in $name', (kind) => {
  let engine: TestEngine;
  let store: PageSignIns;
  beforeAll(async () => {
    engine = await startEngine(kind, [{ name: 'Interactions', partitionKey: 'id' }]);
    store = dynamoPageSignIns(documentClient(engine.config), 'Interactions');
  });
  afterAll(() => engine.stop());

  test('come back as they were stored, until they expire', async () => {
    const signIn = fresh();
    await store.begin(signIn);
    expect(await store.find(signIn.id, now)).toMatchObject(signIn);
    expect(await store.find(signIn.id, now + 600)).toBeUndefined();
    expect(await store.find('p-unknown', now)).toBeUndefined();
  });

  test('of 20 parallel answers of the provider one counts, and none after the end', async () => {
    const [signIn, late] = [fresh(), fresh()];
    await store.begin(signIn);
    await store.begin(late);
    const answers = await Promise.all(Array.from({ length: 20 }, () => store.finish(signIn.id, now)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await store.find(signIn.id, now)).toMatchObject({ isDone: true, to: '/account' });
    expect(await store.finish(late.id, now + 600)).toBe(false);
    expect(await store.finish('p-unknown', now)).toBe(false);
    expect(await store.find('p-unknown', now)).toBeUndefined();
  });
});
