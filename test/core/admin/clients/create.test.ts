import { describe, expect, test } from 'vitest';
import { createClient } from '../../../../lambdas/core/admin/clients/create.ts';
import { deleteClient } from '../../../../lambdas/core/admin/clients/delete.ts';
import { getClient } from '../../../../lambdas/core/admin/clients/get.ts';
import { digest } from '../../../../lambdas/core/digest.ts';
import { useHouse } from '../../house.ts';
import { ada, administer, bob, machineInput, newName, refused } from './scene.ts';

const newHouse = useHouse();
const redirectUris = ['https://portal.example/cb', 'http://127.0.0.1/callback'];
const jwksUri = 'https://job.example/jwks.json';
const worker = 'arn:aws:iam::123456789012:role/worker';

describe('F-B5 F-D2 an administrator registers a client', () => {
  test('a machine: its secret is shown once, kept as a digest, and gets it a token with its scopes', async () => {
    const { make, find, ask, secrets, deps, run } = administer(await newHouse());
    const clientName = newName();
    const made = await make({ clientName, secretReaders: [worker] });
    expect(made).toMatchObject({
      client: expect.stringMatching(/^app_[A-Za-z0-9]{22}$/) as string,
      clientName,
      kind: 'pre-registered',
      grantTypes: ['client_credentials'],
      redirectUris: [],
      authMethod: 'client_secret_basic',
      scopes: ['todos:write'],
      secretReaders: [worker],
      secretArn: expect.stringContaining(`clients/${made.client}-`) as string,
      registeredAt: '2026-11-21T12:00:00Z',
      version: 0,
      secret: expect.stringMatching(/^gs_[\w-]{43}$/) as string,
    });
    const stored = await find(made.client);
    expect(stored?.secretDigest).toBe(digest(made.secret));
    expect(JSON.stringify(stored)).not.toContain(made.secret);
    expect(secrets.read(made.client)).toBe(made.secret);
    expect(secrets.kept.get(made.client)?.readers).toEqual([worker]);
    expect((await ask(made.client, made.secret)).scope).toBe('todos:write');
    expect(JSON.stringify(await run(getClient, { key: made.client }))).not.toMatch(/gs_|[dD]igest/);
    expect(deps.audit.events[0]).toEqual({ type: 'admin.client.created', sub: 'ada', clientId: made.client });
    expect(JSON.stringify(deps.audit.events)).not.toContain(made.secret);
  });

  test('an app that people sign in with, confidential or public', async () => {
    const { make, find, secrets } = administer(await newHouse());
    const app = await make({ redirectUris, scopes: [] });
    expect(app).toMatchObject({ redirectUris, grantTypes: ['authorization_code', 'refresh_token'] });
    expect(app).not.toHaveProperty('scopes');
    const open = await make({ redirectUris, scopes: [], authMethod: 'none' });
    expect(open).toMatchObject({ authMethod: 'none' });
    expect(open).not.toHaveProperty('secret');
    expect(await find(open.client)).not.toHaveProperty('secretDigest');
    expect([...secrets.kept.keys()]).toEqual([app.client]);
  });

  test('a machine with keys needs no secret, and keys alone mean private_key_jwt', async () => {
    const { make, secrets } = administer(await newHouse());
    const made = await make({ jwksUri });
    expect(made).toMatchObject({ authMethod: 'private_key_jwt', jwksUri });
    expect(made).not.toHaveProperty('secret');
    expect(secrets.kept.size).toBe(0);
  });

  test.each<[string, string, Record<string, string | readonly string[]>, RegExp]>([
    [
      'an unknown scope, with the known ones',
      'scopes',
      { scopes: ['todo:fly'] },
      /todo:fly.*todos:read, todos:write, mail/,
    ],
    ['a scope of administration', 'scopes', { scopes: ['gatehouse:admin:read'] }, /for people/],
    ['a machine without scopes', 'scopes', { scopes: [] }, /at least one scope.*todos:read/],
    ['scopes of an app', 'scopes', { redirectUris }, /asks people/],
    ['a machine without proof', 'authMethod', { authMethod: 'none' }, /must prove/],
    [
      'a malformed redirect URI',
      'redirectUris',
      { redirectUris: ['portal'], scopes: [] },
      /portal is not an absolute URI/,
    ],
    ['http elsewhere', 'redirectUris', { redirectUris: ['http://evil.example/'], scopes: [] }, /use https/],
    ['a fragment', 'redirectUris', { redirectUris: ['https://a.example/#x'], scopes: [] }, /fragment/],
    ['javascript:', 'redirectUris', { redirectUris: ['javascript:alert(1)'], scopes: [] }, /scheme/],
    ['keys without a place', 'jwksUri', { authMethod: 'private_key_jwt' }, /where its public keys are/],
    ['keys that are no https URL', 'jwksUri', { jwksUri: 'http://job.example/jwks' }, /https URL/],
    ['keys and a secret', 'jwksUri', { jwksUri, authMethod: 'client_secret_post' }, /Leave it empty/],
    ['everybody as a reader', 'secretReaders', { secretReaders: ['*'] }, /no ARN/],
    ['a pattern as a reader', 'secretReaders', { secretReaders: ['arn:aws:iam::123456789012:role/*'] }, /no ARN/],
    [
      'a session as a reader',
      'secretReaders',
      { secretReaders: ['arn:aws:sts::123456789012:assumed-role/a/b'] },
      /no ARN/,
    ],
    ['a reader of nothing', 'secretReaders', { jwksUri, secretReaders: [worker] }, /no secret to read/],
    [
      'a reader whom AWS does not know',
      'secretReaders',
      { secretReaders: ['arn:aws:iam::123456789012:role/nobody'] },
      /knows no principal/,
    ],
    ['a name of nothing', 'clientName', { clientName: '\u200b' }, /name/],
    ['scopes beyond measure', 'scopes', { scopes: ['x'.repeat(3000)] }, /no scope/],
  ])('a mistake is told at its field, and nothing is written: %s', async (_, field, changes, message) => {
    const { make, deps, secrets } = administer(await newHouse());
    const clientName = newName();
    const error = await refused(make({ clientName, ...changes }));
    expect(error).toMatchObject({
      kind: 'invalid',
      fields: [{ field, message: expect.stringMatching(message) as string }],
    });
    const { items } = await deps.clientList.list({ kind: 'pre-registered' }, { limit: 100 }, deps.clock.now());
    expect(items.filter((client) => client.clientName === clientName)).toEqual([]);
    expect(secrets.kept.size).toBe(0);
    expect(deps.audit.events).toEqual([]);
    // The name is free.
    await make({ clientName });
  });

  test('a reader whom AWS does not know leaves no secret behind, also of a form that can be repeated', async () => {
    const { make, secrets } = administer(await newHouse());
    const clientName = newName();
    const unknown = { clientName, secretReaders: ['arn:aws:iam::123456789012:role/nobody'] };
    expect((await refused(make(unknown, { idempotencyKey: 'form-1' }))).kind).toBe('invalid');
    expect(secrets.kept.size).toBe(0);
    // The page shows the form again with another key of its own.
    expect(await make({ clientName, secretReaders: [worker] }, { idempotencyKey: 'form-2' })).toMatchObject({
      clientName,
    });
  });

  test('every mistake is told at once', async () => {
    const { make } = administer(await newHouse());
    const error = await refused(make({ scopes: ['a:b', 'c:d'], secretReaders: ['*'], authMethod: 'none' }));
    expect(error.fields.map(({ field }) => field)).toEqual(['scopes', 'scopes', 'authMethod', 'secretReaders']);
  });
});

describe('F-D2 no two clients of administrators have one name', () => {
  test('however it is written', async () => {
    const { make } = administer(await newHouse());
    const clientName = newName();
    await make({ clientName });
    const error = await refused(make({ clientName: ` ${clientName.toUpperCase()} ` }));
    expect(error.fields).toEqual([
      { field: 'clientName', message: expect.stringContaining('Another client') as string },
    ]);
  });

  test('of ten at once exactly one is made', async () => {
    const { make, deps } = administer(await newHouse());
    const clientName = newName();
    const all = await Promise.allSettled(Array.from({ length: 10 }, () => make({ clientName })));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { items } = await deps.clientList.list({}, { limit: 100 }, deps.clock.now());
    expect(items.filter((client) => client.clientName === clientName)).toHaveLength(1);
  });
});

describe('F-D5 a repeated request', () => {
  const request = () => ({ idempotencyKey: newName() });

  test('gives the same answer and makes nothing twice, also at the same time', async () => {
    const { run, deps } = administer(await newHouse());
    const same = { ...request(), input: machineInput() };
    const all = await Promise.all(Array.from({ length: 5 }, () => run(createClient, same)));
    expect(await run(createClient, same)).toEqual(all[0]);
    expect(new Set(all.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(deps.audit.types()).toEqual(['admin.client.created']);
    const { items } = await deps.clientList.list({}, { limit: 100 }, deps.clock.now());
    expect(items.filter((client) => client.clientName === same.input['clientName'])).toHaveLength(1);
  });

  test('with other input is refused; of another administrator it is another request', async () => {
    const { make } = administer(await newHouse());
    const key = request();
    const made = await make({}, key);
    expect((await refused(make({ scopes: ['todos:read'] }, key))).fields).toMatchObject([{ field: 'idempotencyKey' }]);
    const other = await make({}, key, bob);
    expect(other.client).not.toBe(made.client);
    expect(other.secret).not.toBe(made.secret);
  });

  test('after ten minutes no secret is shown again', async () => {
    const { run, deps } = administer(await newHouse());
    const same = { ...request(), input: machineInput() };
    await run(createClient, same);
    deps.clock.forward(599);
    await run(createClient, same);
    deps.clock.forward(1);
    expect(await refused(run(createClient, same))).toMatchObject({ kind: 'changed' });
  });

  test('of a client that was deleted brings nothing back', async () => {
    const { run, find } = administer(await newHouse());
    const same = { ...request(), input: machineInput() };
    const { client } = await run(createClient, same);
    await run(deleteClient, { key: client });
    expect(await refused(run(createClient, same))).toMatchObject({ kind: 'changed' });
    expect(await find(client)).toBeUndefined();
  });

  test('completes what broke off: the secret is placed, the client not yet stored', async () => {
    const { run, deps, secrets, ask } = administer(await newHouse());
    const same = { ...request(), input: machineInput({ secretReaders: [worker] }) };
    secrets.before = (action) => {
      if (action === 'allow') throw new Error('gone');
    };
    await expect(run(createClient, same)).rejects.toThrow('gone');
    expect(deps.audit.events).toEqual([]);
    secrets.before = () => undefined;
    const made = await run(createClient, same, ada);
    expect(secrets.read(made.client)).toBe(made.secret);
    await ask(made.client, made.secret);
  });
});

test('F-B5 if Secrets Manager fails, nothing is left: no client, no secret, and the name is free', async () => {
  const { make, deps, secrets } = administer(await newHouse());
  const clientName = newName();
  secrets.before = (action) => {
    if (action === 'put') throw new Error('away');
  };
  await expect(make({ clientName })).rejects.toThrow('away');
  secrets.before = () => undefined;
  expect(secrets.kept.size).toBe(0);
  expect(deps.audit.events).toEqual([]);
  await make({ clientName });
});
