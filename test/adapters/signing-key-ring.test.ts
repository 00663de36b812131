import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { compactVerify, importJWK } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentClient } from '../../lambdas/adapters/dynamodb/document-client.ts';
import { kmsSigner } from '../../lambdas/adapters/kms-signer.ts';
import { signingKeyRing } from '../../lambdas/adapters/signing-key-ring.ts';
import { signingKeyTag } from '../../lambdas/contract/signing-key-tag.ts';
import type { LocalCloud } from './local-cloud.ts';
import { localCloud } from './local-cloud.ts';

const now = 1_800_000_000;
const owner = 'Gatehouse';
const tag = (of: string) => ({ [`aws:${of}/${signingKeyTag}`]: owner });
let cloud: LocalCloud;
const ringOf = (name = owner) =>
  signingKeyRing({ db: documentClient(cloud.config), table: 'SigningKeys', owner: name }, cloud.config);

// The rights of lib/signing-key.ts, of administration and of the token endpoint together.
beforeAll(async () => {
  cloud = await localCloud({
    table: 'SigningKeys',
    statements: [
      { Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' },
      {
        Effect: 'Allow',
        Action: 'kms:CreateKey',
        Resource: '*',
        Condition: {
          StringEquals: { ...tag('RequestTag'), 'kms:KeySpec': 'ECC_NIST_P256', 'kms:KeyUsage': 'SIGN_VERIFY' },
        },
      },
      {
        Effect: 'Allow',
        Action: 'kms:TagResource',
        Resource: '*',
        Condition: { StringEquals: tag('RequestTag'), StringEqualsIfExists: tag('ResourceTag') },
      },
      {
        Effect: 'Allow',
        Action: 'kms:GetPublicKey',
        Resource: '*',
        Condition: { StringEquals: { 'kms:KeySpec': 'ECC_NIST_P256', 'kms:KeyUsage': 'SIGN_VERIFY' } },
      },
      { Effect: 'Allow', Action: 'kms:Sign', Resource: '*', Condition: { StringEquals: tag('ResourceTag') } },
    ],
  });
});
afterAll(() => cloud.remove());

describe('F-D4 F-G2 a key that is made at run time', () => {
  test('signs by its tag, and what it signed is verified by jose', async () => {
    const key = await ringOf().make('ES256', now);
    expect(key).toMatchObject({ algorithm: 'ES256', state: 'signing', createdAt: now });
    const input = `${Buffer.from(JSON.stringify({ alg: 'ES256', kid: key.kid })).toString('base64url')}.e30`;
    const signature = await kmsSigner(cloud.config).sign(key, Buffer.from(input));
    const jws = `${input}.${Buffer.from(signature).toString('base64url')}`;
    expect((await compactVerify(jws, await importJWK(key.publicJwk))).protectedHeader.kid).toBe(key.kid);
  });

  test('of another stack, of another kind, or without a tag, is not made', async () => {
    await expect(ringOf('Other').make('ES256', now)).rejects.toMatchObject({ kind: 'AccessDeniedException' });
    await expect(ringOf().make('RS256', now)).rejects.toMatchObject({ kind: 'AccessDeniedException' });
    const kms = new KMSClient(cloud.config);
    const bare = kms.send(new CreateKeyCommand({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }));
    await expect(bare).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('is published by one write, and retired by one that leaves the first moment as it was', async () => {
    const ring = ringOf();
    const key = { ...(await ring.make('ES256', now)), signsFrom: now + 900, madeBy: 'request' };
    await ring.publish(key);
    expect(await ring.all()).toEqual([key]);
    expect(await ring.retire(key.kid, { retiredAt: now + 1, goneAt: now + 500 })).toBe(true);
    expect(await ring.retire(key.kid, { retiredAt: now + 2, goneAt: now + 2 })).toBe(true);
    expect(await ring.all()).toEqual([{ ...key, retiredAt: now + 1, goneAt: now + 2 }]);
    expect(await ring.retire('nothing', { retiredAt: now, goneAt: now })).toBe(false);
  });
});
