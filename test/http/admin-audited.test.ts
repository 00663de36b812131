import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminOperations } from '../../lambdas/contract/admin/index.ts';
import type { KnownOperation } from '../../lambdas/contract/admin/index.ts';
import { operationId } from '../../lambdas/contract/admin/operation.ts';
import { writePathValue } from '../../lambdas/contract/admin/path-value.ts';
import { writeConsentKey } from '../../lambdas/core/admin/consents/consent-key.ts';
import type { AuditEvent } from '../../lambdas/core/ports/audit.ts';
import { goodRequest, publicClient, todos } from '../core/fixtures.ts';
import { administrator, call, somebody, tokensOf } from './admin-scene.ts';
import type { Desk } from './desk.ts';
import { startDesk } from './desk.ts';

let desk: Desk;
const who = administrator();
let token: string;
beforeAll(async () => {
  desk = await startDesk();
  token = (await tokensOf(desk, who)).access_token;
});
afterAll(() => desk.stop());

const events = () => (desk.deps.audit as unknown as { events: AuditEvent[] }).events;

type Write = Extract<KnownOperation, { readonly access: 'write' }>;
/** The union of their names; over all pairs it would be more than there are. */
type WriteId = Write extends infer Row ? (Row extends Write ? `${Row['resource']}.${Row['verb']}` : never) : never;

/** What an operation is done to, and what its event must say of it. */
interface Case {
  readonly key?: string;
  readonly input?: Record<string, unknown>;
  readonly said: Partial<AuditEvent>;
  /** What stands before it: the part that is done even if the rest is not. */
  readonly first?: Partial<AuditEvent>;
  /** What else is recorded: for the person who lost access. */
  readonly also?: Partial<AuditEvent>;
}

let count = 0;
const unique = (what: string) => `${what} ${(count += 1)}`;

async function made(path: string, input: Record<string, unknown>): Promise<Record<string, string>> {
  const answer = await call(desk, 'POST', path, token, input);
  expect(answer.status).toBe(201);
  return (await answer.json()) as Record<string, string>;
}

const machine = () => ({ clientName: unique('Machine'), scopes: ['todos:read'] });
const newKey = () => ({ name: unique('Key'), servers: ['todos'], permissions: ['read'], expires: '30d' });

/** Somebody whose client has a session. */
async function connected() {
  const person = somebody();
  const { access_token } = await tokensOf(desk, person, goodRequest());
  const { gid } = JSON.parse(Buffer.from(access_token.split('.')[1] ?? '', 'base64url').toString()) as { gid: string };
  return { sub: person.sub, gid };
}

const about = { clientId: publicClient.clientId };

const cases: { readonly [Id in WriteId]: () => Promise<Case> } = {
  'sessions.revoke': async () => {
    const { sub, gid } = await connected();
    const said = { type: 'admin.session.revoked', gid, ...about, changed: `person:${sub}` };
    return { key: gid, said, also: { type: 'session.revoked', sub, gid } };
  },
  'consents.revoke': async () => {
    const { sub } = await connected();
    const key = writeConsentKey({ sub, ...about, resource: todos.resource });
    const said = { type: 'admin.consent.revoked', ...about, changed: `person:${sub}` };
    return { key, said, also: { type: 'consent.revoked', sub, ...about } };
  },
  'people.revoke': async () => {
    const { sub } = await connected();
    return { key: sub, said: { type: 'admin.person.revoked', changed: `person:${sub}` }, also: { sub } };
  },
  'clients.create': async () => ({ input: machine(), said: { type: 'admin.client.created' } }),
  'clients.update': async () => {
    const { client = '', version } = await made('/clients', machine());
    return { key: client, input: { ...machine(), version }, said: { type: 'admin.client.updated', clientId: client } };
  },
  'clients.rotate-secret': async () => {
    const { client = '' } = await made('/clients', machine());
    const said = { type: 'admin.client.secret_rotated', clientId: client };
    return { key: client, input: { overlapHours: 1 }, said };
  },
  'clients.revoke': async () => {
    const { client = '' } = await made('/clients', machine());
    return { key: client, said: { type: 'admin.client.revoked', clientId: client } };
  },
  'clients.delete': async () => {
    const { client = '' } = await made('/clients', machine());
    const first = { type: 'admin.client.revoked', clientId: client };
    return { key: client, first, said: { type: 'admin.client.deleted', clientId: client } };
  },
  'keys.create': async () => ({ input: newKey(), said: { type: 'admin.key.created', scopes: ['read'] } }),
  'keys.revoke': async () => {
    const { key = '' } = await made('/keys', newKey());
    return { key, said: { type: 'admin.key.revoked', changed: `key:${key}` } };
  },
  'signing-keys.create': async () => ({ input: { atOnce: true }, said: { type: 'admin.signing_key.created' } }),
  'signing-keys.retire': async () => {
    const { kid = '' } = await made('/signing-keys', { atOnce: true });
    return { key: kid, said: { type: 'admin.signing_key.retired', changed: `signing-key:${kid}` } };
  },
};

const writes = adminOperations.filter(({ access }) => access === 'write');

describe.each(writes.map((operation) => ({ id: operationId(operation) as WriteId, ...operation })))(
  'F-G3 F-D5 $id',
  (operation) => {
    const { id, method, path, answers } = operation;
    test('is recorded once, with who did it and to what, and without a secret', async () => {
      const { key, input, first, said, also } = await cases[id]();
      events().length = 0;
      const answer = await call(desk, method, path.replace('{key}', writePathValue(key ?? '')), token, input);
      expect(answer.status).toBe(answers === 'created' ? 201 : 200);
      const body = (await answer.json()) as Record<string, string>;
      expect(events().filter(({ sub }) => sub === who.sub)).toMatchObject(first ? [first, said] : [said]);
      expect(events().filter(({ sub }) => sub !== who.sub)).toMatchObject(also ? [also] : []);
      expect(events().every(({ decision = 'allowed' }) => decision === 'allowed')).toBe(true);
      if (!('secretField' in operation)) return;
      expect(body['secret']?.length).toBeGreaterThan(40);
      expect(JSON.stringify([events(), desk.lines])).not.toContain(body['secret']);
    });
  },
);

test('F-D5 reading is no event', async () => {
  await made('/keys', newKey());
  events().length = 0;
  for (const path of ['/sessions', '/clients', '/consents', '/keys', '/audit', '/overview']) {
    expect((await call(desk, 'GET', path, token)).status).toBe(200);
  }
  expect(events()).toEqual([]);
});
