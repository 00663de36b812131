import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { digest } from '../../lambdas/core/digest.ts';
import type { Client } from '../../lambdas/core/client.ts';
import { OAuthError } from '../../lambdas/core/errors.ts';
import type { AuditEvent } from '../../lambdas/core/ports/audit.ts';
import type { Entropy } from '../../lambdas/core/ports/entropy.ts';
import type { Signer } from '../../lambdas/core/ports/signer.ts';
import type { PublicJwk, SigningKey } from '../../lambdas/core/ports/signing-keys.ts';
import type { ProtectedServer, Scope } from '../../lambdas/core/protected-server.ts';

export const issuer = 'https://gate.example';

function scope(name: string, more: Partial<Scope> = {}): Scope {
  return { name, description: `May ${name}`, implies: [], tools: [`tool ${name}`], optional: false, ...more };
}

export const todos: ProtectedServer = {
  id: 'todos',
  name: 'Todos',
  path: '/mcp',
  resource: `${issuer}/mcp`,
  scopes: [scope('todos:read'), scope('todos:write', { implies: ['todos:read'], optional: true })],
};

export const mail: ProtectedServer = {
  id: 'mail',
  name: 'Mail',
  path: '/mail',
  resource: `${issuer}/mail`,
  scopes: [scope('mail:read'), scope('mail:send', { optional: true })],
};

export const servers = [todos, mail];

export const lifetimes = {
  accessToken: 3600,
  refreshTokenIdle: 30 * 86_400,
  refreshTokenAbsolute: 90 * 86_400,
  refreshReplayWindow: 120,
  authorizationCode: 60,
  signInTransaction: 600,
  browserSession: 43_200,
  unusedRegistration: 7 * 86_400,
};

/** A clock that stands still until it is moved. */
export class HandClock {
  #now = 1_795_262_400;
  now(): number {
    return this.#now;
  }
  forward(seconds: number): void {
    this.#now += seconds;
  }
}

/** The same values in the same order in every run, and never one twice. */
export function seededEntropy(seed = 'seed'): Entropy {
  let count = 0;
  return {
    token: (bytes) => {
      count += 1;
      return createHash('sha512').update(`${seed}|${count}`).digest().subarray(0, bytes).toString('base64url');
    },
  };
}

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });

export const signingKey: SigningKey = {
  kid: 'key-1',
  algorithm: 'RS256',
  keyArn: 'arn:aws:kms:us-east-1:000000000000:key/1',
  publicJwk: { ...pair.publicKey.export({ format: 'jwk' }), kid: 'key-1', alg: 'RS256', use: 'sig' } as PublicJwk,
  state: 'signing',
  createdAt: 1,
};

/** A signer that counts, because each signature costs money. */
export class CountingSigner implements Signer {
  count = 0;
  async sign(_key: SigningKey, input: Uint8Array): Promise<Uint8Array> {
    this.count += 1;
    return sign('sha256', input, pair.privateKey);
  }
}

export const pepper = { read: async () => Buffer.alloc(32, 7) };

export const secret = 'gs_secret';

export const publicClient: Client = {
  clientId: 'client-1',
  kind: 'dynamic',
  clientName: 'Test Client',
  redirectUris: [
    'https://client.example/cb',
    'http://localhost:3000/callback',
    'cursor://anysphere.cursor-mcp/oauth/callback',
  ],
  tokenEndpointAuthMethod: 'none',
  grantTypes: ['authorization_code', 'refresh_token'],
  responseTypes: ['code'],
  registeredAt: 1,
};

export const confidentialClient: Client = {
  ...publicClient,
  clientId: 'client-2',
  tokenEndpointAuthMethod: 'client_secret_basic',
  secretDigest: digest(secret),
};

export const verifier = 'v'.repeat(43);
export const challenge = createHash('sha256').update(verifier).digest('base64url');

/** An authorization request that nothing is wrong with. */
export function goodRequest(changes: Record<string, string | undefined> = {}): URLSearchParams {
  return form({
    response_type: 'code',
    client_id: publicClient.clientId,
    redirect_uri: 'https://client.example/cb',
    state: 'state-1',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    resource: todos.resource,
    scope: 'todos:read todos:write',
    ...changes,
  });
}

/** Form or query parameters; undefined ones are left out. */
export function form(values: Record<string, string | undefined>): URLSearchParams {
  const given = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new URLSearchParams(given);
}

/** Clients by id, for checks that only read. */
export function clientsOf(...clients: readonly Client[]) {
  return {
    asked: 0,
    async find(clientId: string, now: number) {
      this.asked += 1;
      return clients.find((client) => client.clientId === clientId && (client.expiresAt ?? Infinity) > now);
    },
    async register() {},
    async renew() {},
    async keepDocument() {},
  };
}

/** An audit log that can be read. */
export function auditLog() {
  const events: AuditEvent[] = [];
  return {
    events,
    record: (event: AuditEvent) => void events.push(event),
    types: () => events.map(({ type }) => type),
  };
}

/** The OAuthError that a call ends in. */
export async function refusal(call: () => unknown): Promise<OAuthError> {
  try {
    await call();
  } catch (error) {
    if (error instanceof OAuthError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
