import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWTPayload } from 'jose';
import type { PublicJwk, SigningAlgorithm, SigningKey, SigningKeys } from '../../lambdas/core/ports/signing-keys.ts';
import type { ProtectedServer } from '../../lambdas/core/protected-server.ts';

/** A fixed now: Saturday, 21 November 2026, 12:00 UTC. */
export const now = 1_795_262_400;

export const issuer = 'https://auth.example.com';

export const server: ProtectedServer = {
  id: 'todos',
  name: 'Todos',
  path: '/mcp',
  resource: `${issuer}/mcp`,
  scopes: [
    scope('todos:read', ['list_todos', 'get_todo']),
    scope('todos:write', ['create_todo', 'update_todo'], ['todos:read']),
    scope('todos:delete', ['delete_todo'], ['todos:read']),
    scope('todos:*', []),
  ],
};

export function scope(name: string, tools: string[], implies: string[] = []): ProtectedServer['scopes'][number] {
  return { name, description: name, implies, tools, optional: false };
}

export interface KeyPair {
  readonly key: SigningKey;
  readonly privateKey: CryptoKey;
}

export async function keyPair(algorithm: SigningAlgorithm, kid: string): Promise<KeyPair> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' } as unknown as PublicJwk;
  const key: SigningKey = { kid, algorithm, keyArn: 'arn', publicJwk: jwk, state: 'signing', createdAt: now };
  return { key, privateKey };
}

/** Published keys; `late` ones are seen only by whoever asks the table. */
export function publish(
  keys: readonly SigningKey[],
  late: readonly SigningKey[] = [],
): SigningKeys & { asked: number } {
  const published = {
    asked: 0,
    list: async (options?: { fresh?: boolean }) => {
      if (options?.fresh) published.asked += 1;
      return options?.fresh ? [...keys, ...late] : keys;
    },
  };
  return published;
}

export const goodClaims = {
  iss: issuer,
  sub: 'alice',
  aud: server.resource,
  client_id: 'client-1',
  jti: 'jti-1',
  gid: 'grant-1',
  scope: 'todos:read',
  iat: now - 10,
  exp: now + 3600,
} as const;

/** A token with the good claims, changed; `undefined` removes a claim. */
export function mint(
  pair: KeyPair,
  change: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
): Promise<string> {
  const claims = Object.fromEntries(
    Object.entries({ ...goodClaims, ...change }).filter(([, value]) => value !== undefined),
  ) as JWTPayload;
  return new SignJWT(claims)
    .setProtectedHeader({ alg: pair.key.algorithm, typ: 'at+jwt', kid: pair.key.kid, ...header })
    .sign(pair.privateKey);
}

/** A guard's other half where a test is about tokens: no API key is known. */
export const noKeys = { verifyKey: async () => ({ reason: 'key_unknown' }), noteKeyUse: async () => {} };
