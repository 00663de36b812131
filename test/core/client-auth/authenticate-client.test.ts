import { describe, expect, test } from 'vitest';
import { authenticateClient } from '../../../lambdas/core/client-auth/authenticate-client.ts';
import { proofDeps } from './assertions.ts';
import { clientsOf, confidentialClient, form, publicClient, refusal, secret } from '../fixtures.ts';

const odd = { ...confidentialClient, clientId: 'a b:c%' };
/** Was confidential once: its old secret must not count. */
const demoted = { ...confidentialClient, clientId: 'client-3', tokenEndpointAuthMethod: 'none' } as const;
const authenticate = (authorizationHeader: string | undefined, values: Record<string, string>) =>
  authenticateClient(
    { params: form(values), ...(authorizationHeader !== undefined && { authorizationHeader }) },
    { clients: clientsOf(publicClient, confidentialClient, odd, demoted), ...proofDeps() },
  );
const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;

describe('AS-70 client authentication that is accepted', () => {
  test.each([
    ['none', undefined, { client_id: 'client-1' }, 'client-1'],
    ['none with an empty secret', undefined, { client_id: 'client-1', client_secret: '' }, 'client-1'],
    ['basic', basic(`client-2:${secret}`), {}, 'client-2'],
    ['basic in lower case', basic(`client-2:${secret}`).replace('Basic', 'basic'), {}, 'client-2'],
    ['basic beside its own client_id', basic(`client-2:${secret}`), { client_id: 'client-2' }, 'client-2'],
    ['basic with form-encoded halves', basic(`a+b%3Ac%25:${secret}`), {}, 'a b:c%'],
    [
      'post, though it registered basic (pain 16)',
      undefined,
      { client_id: 'client-2', client_secret: secret },
      'client-2',
    ],
  ])('%s', async (_name, header, values, clientId) => {
    expect((await authenticate(header, values)).clientId).toBe(clientId);
  });
});

describe('AS-70 client authentication that fails', () => {
  test.each([
    ['an unknown client', undefined, { client_id: 'lost' }],
    ['an unknown client with basic', basic('lost:x'), {}],
    ['an unknown client with post', undefined, { client_id: 'lost', client_secret: 'x' }],
    ['a client_id that cannot be one', undefined, { client_id: 'ü' }],
    ['a confidential client without its secret', undefined, { client_id: 'client-2' }],
    ['a wrong secret', undefined, { client_id: 'client-2', client_secret: 'wrong' }],
    ['a wrong secret with basic', basic('client-2:wrong'), {}],
    ['an empty secret with basic', basic('client-2:'), {}],
    ['a public client with a secret', undefined, { client_id: 'client-1', client_secret: 'x' }],
    ['a public client with basic', basic('client-1:x'), {}],
    ['a client that became public with its old secret', undefined, { client_id: 'client-3', client_secret: secret }],
  ])('%s', async (_name, header, values) => {
    const error = await refusal(() => authenticate(header, values));
    expect(error.code).toBe('invalid_client');
    expect(error.message).toMatch(/^client authentication failed: the client is not registered here, or/);
  });

  test.each([
    ['no pair', 'Basic'],
    ['no colon', basic('client-2')],
    ['no id', basic(`:${secret}`)],
    ['no base64', 'Basic ###'],
    ['bad percent-encoding', basic(`client-2:%zz`)],
    ['another scheme', `Bearer ${secret}`],
  ])('a malformed Authorization header: %s', async (_name, header) => {
    expect((await refusal(() => authenticate(header, { client_id: 'client-2' }))).code).toBe('invalid_client');
  });
});

describe('AS-70 requests that contradict themselves are invalid_request', () => {
  test.each([
    ['basic and post', basic(`client-2:${secret}`), { client_id: 'client-2', client_secret: secret }],
    ['basic and an assertion', basic(`client-2:${secret}`), { client_assertion: 'x' }],
    ['post and an assertion', undefined, { client_id: 'client-2', client_secret: secret, client_assertion: 'x' }],
    ['two client ids', basic(`client-2:${secret}`), { client_id: 'client-1' }],
    ['no client at all', undefined, {}],
    ['a secret without a client', undefined, { client_secret: secret }],
  ])('%s', async (_name, header, values) => {
    expect((await refusal(() => authenticate(header, values as Record<string, string>))).code).toBe('invalid_request');
  });
});
