import type { SigningKeyRing, StoredKey } from '../core/ports/signing-key-ring.ts';
import type { SigningAlgorithm } from '../core/ports/signing-keys.ts';
import { signingKeyTag } from '../contract/signing-key-tag.ts';
import type { DocumentClient } from './dynamodb/document-client.ts';
import { allSigningKeys, recordSigningKey, retireSigningKey } from './dynamodb/signing-keys.ts';
import { publicSigningKey } from './kms-public-key.ts';
import type { CallConfig } from './signed-call.ts';
import { CallError, signedCall } from './signed-call.ts';

/** JWS algorithm → what KMS calls the key. */
const keySpecs: Record<SigningAlgorithm, string> = {
  RS256: 'RSA_2048',
  ES256: 'ECC_NIST_P256',
  EdDSA: 'ECC_NIST_EDWARDS25519',
};

/**
 * Keys in KMS and in the table `table`.
 * @param owner value of the tag by which this deployment may use a key that it made
 * @param config overrides, for tests
 */
export function signingKeyRing(
  { db, table, owner }: { readonly db: DocumentClient; readonly table: string; readonly owner: string },
  config: CallConfig = {},
): SigningKeyRing {
  return {
    all: () => allSigningKeys(db, table),

    async make(algorithm, now) {
      const body = {
        Description: `Gatehouse: signs access tokens (${algorithm})`,
        KeySpec: keySpecs[algorithm],
        KeyUsage: 'SIGN_VERIFY',
        Tags: [{ TagKey: signingKeyTag, TagValue: owner }],
      };
      // KMS makes another key for a call that is repeated, and an RSA key takes a moment.
      const call = { service: 'kms', target: 'TrentService.CreateKey', body, timeout: 5000 } as const;
      const { KeyMetadata } = await signedCall<{ KeyMetadata?: { Arn?: string } }>(call, config);
      if (!KeyMetadata?.Arn) throw new Error('KMS did not say what it made');
      return soon(() => publicSigningKey(KeyMetadata.Arn ?? '', algorithm, now, config));
    },

    publish: (key: StoredKey) => recordSigningKey(db, table, key),
    retire: (kid, at) => retireSigningKey(db, table, kid, at),
  };
}

/** What KMS has just made, it may not know everywhere yet: tries for about four seconds. */
async function soon<T>(read: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await read();
    } catch (error) {
      const isYoung = error instanceof CallError && ['NotFoundException', 'AccessDeniedException'].includes(error.kind);
      if (!isYoung || attempt === 5) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}
