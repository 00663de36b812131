import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Client } from '../../../lambdas/core/client.ts';
import type { ProofDeps } from '../../../lambdas/core/client-auth/index.ts';
import { HandClock, issuer, publicClient } from '../fixtures.ts';

export interface TestKey {
  readonly privateKey: KeyObject;
  readonly publicJwk: Record<string, unknown>;
  readonly kid: string;
}

function made(kid: string, { publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }): TestKey {
  return { kid, privateKey, publicJwk: { ...publicKey.export({ format: 'jwk' }), kid } };
}

export const ec = made('ec', generateKeyPairSync('ec', { namedCurve: 'P-256' }));
export const otherEc = made('other', generateKeyPairSync('ec', { namedCurve: 'P-256' }));
export const rsa = made('rsa', generateKeyPairSync('rsa', { modulusLength: 2048 }));
export const weakRsa = made('weak', generateKeyPairSync('rsa', { modulusLength: 1024 }));
export const ed = made('ed', generateKeyPairSync('ed25519'));

/** A client that signs with any of the keys above that are fit for it. */
export const signingClient: Client = {
  ...publicClient,
  clientId: 'signer',
  tokenEndpointAuthMethod: 'private_key_jwt',
  jwks: { keys: [ec.publicJwk, rsa.publicJwk, ed.publicJwk] },
};

export const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

const now = new HandClock().now();

/** An assertion that nothing is wrong with; undefined claims are left out. */
export function assertion(
  changes: { claims?: Record<string, unknown>; header?: Record<string, unknown>; key?: TestKey } = {},
): Promise<string> {
  const { key = ec, header = {} } = changes;
  const good = { iss: 'signer', sub: 'signer', aud: issuer, jti: randomUUID(), iat: now, exp: now + 60 };
  const claims = { ...good, ...changes.claims };
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: key.kid, ...header }).sign(key.privateKey);
}

/** Form parameters around an assertion. */
export function withAssertion(jwt: string, more: Record<string, string | undefined> = {}) {
  return { client_assertion: jwt, client_assertion_type: jwtBearer, ...more };
}

/** Remembers in the process, and finds the keys that stand in the metadata. */
export function proofDeps(): ProofDeps & { readonly spent: Map<string, number> } {
  const spent = new Map<string, number>();
  return {
    spent,
    clock: new HandClock(),
    issuer,
    clientKeys: { find: async ({ jwks }) => jwks?.keys ?? [] },
    replay: {
      async spend(id, expiresAt, at) {
        if ((spent.get(id) ?? 0) > at) return false;
        spent.set(id, expiresAt);
        return true;
      },
    },
  };
}
