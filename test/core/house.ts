import { afterAll, beforeAll } from 'vitest';
import { dynamoClients } from '../../lambdas/adapters/dynamodb/clients.ts';
import { dynamoConsents } from '../../lambdas/adapters/dynamodb/consents.ts';
import { dynamoDeviceAuthorizations } from '../../lambdas/adapters/dynamodb/device-authorizations.ts';
import { documentClient } from '../../lambdas/adapters/dynamodb/document-client.ts';
import { dynamoGrantStates } from '../../lambdas/adapters/dynamodb/grant-states.ts';
import { dynamoGrants } from '../../lambdas/adapters/dynamodb/grants.ts';
import { dynamoInteractions } from '../../lambdas/adapters/dynamodb/interactions.ts';
import { dynamoReplay } from '../../lambdas/adapters/dynamodb/replay.ts';
import { dynamoRevocations } from '../../lambdas/adapters/dynamodb/revocations.ts';
import { tables } from '../../lambdas/contract/tables.ts';
import type { Client } from '../../lambdas/core/client.ts';
import type { ClientJwk } from '../../lambdas/core/ports/client-keys.ts';
import type { TrustedIssuer } from '../../lambdas/core/trusted-issuer.ts';
import type { Person } from '../../lambdas/core/person.ts';
import { IdentityProviderError } from '../../lambdas/core/ports/identity-provider.ts';
import type { UpstreamTransaction } from '../../lambdas/core/ports/identity-provider.ts';
import { engines, startEngine } from '../rig/engines.ts';
import type { TestEngine } from '../rig/engines.ts';
import {
  auditLog,
  confidentialClient,
  CountingSigner,
  HandClock,
  issuer,
  lifetimes,
  pepper,
  publicClient,
  seededEntropy,
  servers,
  signingKey,
} from './fixtures.ts';

/** Signs in whoever is set, or fails as it is told. */
export class FakeIdentityProvider {
  person: Person | IdentityProviderError | undefined;
  /** What the last sign-in was asked with. */
  asked: UpstreamTransaction | undefined;
  async signInUrl(transaction: UpstreamTransaction) {
    this.asked = transaction;
    const { state } = transaction;
    if (this.person instanceof IdentityProviderError) throw this.person;
    return `https://idp.example/authorize?state=${state}`;
  }
  async verify() {
    if (this.person instanceof IdentityProviderError) throw this.person;
    if (!this.person) throw new IdentityProviderError('denied', 'nobody');
    return this.person;
  }
}

/** Counts calls of a port's methods. */
function counting<T extends object>(port: T, counts: Record<string, number>): T {
  return new Proxy(port, {
    get(target, name: string) {
      const method = Reflect.get(target, name) as ((...args: unknown[]) => unknown) | undefined;
      if (!method) return undefined;
      return (...args: unknown[]) => {
        counts[name] = (counts[name] ?? 0) + 1;
        return method.apply(target, args);
      };
    },
  });
}

/**
 * Starts an engine for a test file; `house()` then gives a fresh Gatehouse in fresh tables' keys each time.
 * @param kind @default the first that is installed
 */
export function useHouse(kind = engines[0]) {
  let engine: TestEngine;
  let count = 0;
  beforeAll(async () => {
    if (!kind) throw new Error('no DynamoDB engine is installed');
    engine = await startEngine(
      kind,
      Object.entries(tables).map(([name, table]) => ({ name, ...table })),
    );
  });
  afterAll(() => engine.stop());

  return async () => {
    count += 1;
    const db = documentClient(engine.config);
    const clock = new HandClock();
    const calls: Record<string, number> = {};
    const identityProvider = new FakeIdentityProvider();
    // A person of its own keeps the tests apart in the shared tables.
    const person = { sub: `person-${count}`, email: 'p@x.example', name: 'P', authTime: clock.now() };
    identityProvider.person = person;
    const deps = {
      clients: counting(dynamoClients(db, 'Clients'), calls),
      consents: counting(dynamoConsents(db, 'Consents'), calls),
      grants: counting(dynamoGrants(db, 'Grants'), calls),
      grantStates: counting(dynamoGrantStates(db, { Grants: 'Grants', Revocations: 'Revocations' }), calls),
      revocations: counting(dynamoRevocations(db, 'Revocations'), calls),
      interactions: counting(dynamoInteractions(db, 'Interactions'), calls),
      clientKeys: { find: async ({ jwks }: Client) => jwks?.keys ?? [] },
      deviceAuthorizations: counting(dynamoDeviceAuthorizations(db, 'Interactions'), calls),
      issuerKeys: { find: async (): Promise<readonly ClientJwk[]> => [] },
      trustedIssuers: [] as readonly TrustedIssuer[],
      upstreamIssuer: 'https://idp.example',
      replay: counting(dynamoReplay(db, 'Replay'), calls),
      signingKeys: { list: async () => [signingKey] },
      signer: new CountingSigner(),
      entropy: seededEntropy(`house ${count}`),
      audit: auditLog(),
      identityProvider,
      pepper,
      clock,
      issuer,
      servers,
      lifetimes,
    };
    const mine = (client: Client): Client => ({ ...client, clientId: `${client.clientId}-${count}` });
    const [client, confidential] = [mine(publicClient), mine(confidentialClient)];
    await Promise.all([deps.clients.register(client), deps.clients.register(confidential)]);
    return { deps, client, confidential, person, calls, db };
  };
}

export type House = Awaited<ReturnType<ReturnType<typeof useHouse>>>;
