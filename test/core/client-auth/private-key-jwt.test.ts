import { sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Client } from '../../../lambdas/core/client.ts';
import { authenticateClient } from '../../../lambdas/core/client-auth/authenticate-client.ts';
import type { ClientKeys } from '../../../lambdas/core/ports/client-keys.ts';
import { DocumentError } from '../../../lambdas/core/ports/documents.ts';
import { routes } from '../../../lambdas/contract/routes.ts';
import { digest } from '../../../lambdas/core/digest.ts';
import { clientsOf, confidentialClient, form, issuer, publicClient, refusal, secret } from '../fixtures.ts';
import {
  assertion,
  ec,
  ed,
  jwtBearer,
  otherEc,
  proofDeps,
  rsa,
  signingClient,
  weakRsa,
  withAssertion,
} from './assertions.ts';

const { clock } = proofDeps();
const now = clock.now();

function authenticate(
  values: Record<string, string | undefined>,
  { client = signingClient, ...more }: Partial<ReturnType<typeof proofDeps>> & { client?: Client } = {},
): Promise<Client> {
  const clients = clientsOf(client, publicClient, confidentialClient);
  return authenticateClient({ params: form(values) }, { clients, ...proofDeps(), ...more });
}

const refused = async (values: Record<string, string | undefined>, more = {}) =>
  refusal(() => authenticate(values, more));

describe('AS-70 private_key_jwt that is accepted', () => {
  test.each([
    ['the issuer', issuer],
    ['the issuer with a slash', `${issuer}/`],
    ['the token endpoint', `${issuer}/token`],
    ['a list of one', [issuer]],
  ])('with %s as aud', async (_name, aud) => {
    const jwt = await assertion({ claims: { aud } });
    expect((await authenticate(withAssertion(jwt))).clientId).toBe('signer');
  });

  test('the token endpoint of the aud is the one of the route table', () => {
    expect(routes.map((route) => `${route.method} ${route.path}`)).toContain('POST /token');
  });

  test.each([
    ['ES256', ec],
    ['RS256', rsa],
    ['PS256', rsa],
    ['EdDSA', ed],
  ])('signed with %s', async (alg, key) => {
    const jwt = await assertion({ key, header: { alg } });
    expect((await authenticate(withAssertion(jwt))).clientId).toBe('signer');
  });

  test.each([
    ['client_id beside it', {}, {}, { client_id: 'signer' }],
    ['no kid', {}, { kid: undefined }, {}],
    ['typ JWT', {}, { typ: 'JWT' }, {}],
    ['the typ of rfc7523bis', {}, { typ: 'client-authentication+jwt' }, {}],
    ['no iat', { iat: undefined }, {}, {}],
    ['nbf', { nbf: now }, {}, {}],
    ['a clock that is 29 seconds ahead', { iat: now + 29, nbf: now + 29, exp: now + 629 }, {}, {}],
    ['a clock that is 29 seconds behind', { iat: now - 89, exp: now - 29 }, {}, {}],
  ])('with %s', async (_name, claims, header, more) => {
    const jwt = await assertion({ claims, header });
    expect((await authenticate(withAssertion(jwt, more))).clientId).toBe('signer');
  });

  test('pain 17: a client that registered a choice may use each of it', async () => {
    const client: Client = { ...signingClient, tokenEndpointAuthMethods: ['private_key_jwt', 'none'] };
    expect(await authenticate(withAssertion(await assertion()), { client })).toBe(client);
    expect(await authenticate({ client_id: 'signer' }, { client })).toBe(client);
  });
});

describe('AS-70 assertions that are refused', () => {
  test.each([
    ['no iss', { iss: undefined }, 'subject'],
    ['no sub', { sub: undefined }, 'subject'],
    ['an iss that is not the sub', { iss: 'other' }, 'subject'],
    ['an empty subject', { iss: '', sub: '' }, 'subject'],
    ['no aud', { aud: undefined }, 'audience'],
    ['another server as aud', { aud: 'https://other.example' }, 'audience'],
    ['an aud that only begins like ours', { aud: `${issuer}.evil.example` }, 'audience'],
    ['several audiences', { aud: [issuer, 'https://other.example'] }, 'audience'],
    ['both of our audiences', { aud: [issuer, `${issuer}/token`] }, 'audience'],
    ['an empty list of audiences', { aud: [] }, 'audience'],
    ['an MCP server as aud', { aud: `${issuer}/mcp` }, 'audience'],
    ['no exp', { exp: undefined }, 'exp'],
    ['an exp that is text', { exp: String(now + 60) }, 'exp'],
    ['an exp that has passed', { exp: now - 30 }, 'expired'],
    ['an exp that is far ahead', { exp: now + 631 }, 'long_lived'],
    ['an iat that is not yet', { iat: now + 31 }, 'iat'],
    ['an iat that is text', { iat: 'now' }, 'iat'],
    ['an nbf that is not yet', { nbf: now + 31 }, 'nbf'],
    ['no jti', { jti: undefined }, 'jti'],
    ['an empty jti', { jti: '' }, 'jti'],
    ['a jti that is a number', { jti: 1 }, 'jti'],
  ])('with %s', async (_name, claims, reason) => {
    // jose checks some types itself, so the claims are signed as they are.
    const error = await refused(withAssertion(await assertion({ claims })));
    expect([error.code, error.reason]).toEqual(['invalid_client', `assertion_${reason}`]);
    expect(error.message).toMatch(/^client_assertion .{15}/);
  });

  test.each([
    ['at+jwt: an access token', 'at+jwt'],
    ['dpop+jwt', 'dpop+jwt'],
    ['an ID-JAG', 'oauth-id-jag+jwt'],
  ])('with the type %s', async (_name, typ) => {
    expect((await refused(withAssertion(await assertion({ header: { typ } })))).reason).toBe('assertion_type');
  });

  test.each([
    ['nothing', ''],
    ['text', 'nonsense'],
    ['two parts', 'e30.e30'],
    ['no JSON', 'e.e.e'],
    ['an array as claims', 'eyJhbGciOiJFUzI1NiJ9.W10.x'],
  ])('that are no JWT: %s', async (_name, jwt) => {
    expect(['invalid_client', 'invalid_request']).toContain((await refused(withAssertion(jwt))).code);
  });

  test.each(['none', 'HS256', 'ES384', 'RS1', '__proto__', 'constructor'])('with the algorithm %s', async (alg) => {
    const [, payload, signature] = (await assertion()).split('.');
    const header = Buffer.from(JSON.stringify({ alg, kid: 'ec' })).toString('base64url');
    const error = await refused(withAssertion([header, payload, alg === 'none' ? '' : signature].join('.')));
    expect(error).toMatchObject({ code: 'invalid_client', reason: 'assertion_algorithm' });
  });

  test('HS256 with the public key as the secret', async () => {
    const { SignJWT } = await import('jose');
    const claims = { iss: 'signer', sub: 'signer', aud: issuer, jti: 'x', exp: now + 60 };
    const key = Buffer.from(JSON.stringify(ec.publicJwk));
    const jwt = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(key);
    expect((await refused(withAssertion(jwt))).reason).toBe('assertion_algorithm');
  });

  test.each<[string, Parameters<typeof assertion>[0], Partial<Client>]>([
    ['a key that the client does not have', { key: otherEc }, {}],
    ['a strange key under a known name', { key: otherEc, header: { kid: 'ec' } }, {}],
    ['a known key under a strange name', { header: { kid: 'nobody' } }, {}],
    ['a key for encryption', {}, { jwks: { keys: [{ ...ec.publicJwk, use: 'enc' }] } }],
    ['a key for another operation', {}, { jwks: { keys: [{ ...ec.publicJwk, key_ops: ['deriveKey'] }] } }],
    ['a key for another algorithm', {}, { jwks: { keys: [{ ...ec.publicJwk, alg: 'ES384' }] } }],
    ['a broken key', {}, { jwks: { keys: [{ kty: 'EC', crv: 'P-256', x: '?', y: 1 }] } }],
    ['a shared secret in the key set', {}, { jwks: { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] } }],
    ['no keys', {}, { jwks: { keys: [] } }],
    ['a client that registered another algorithm', {}, { assertionAlgorithm: 'RS256' }],
    ['a client that registered a secret', {}, { tokenEndpointAuthMethod: 'client_secret_basic' }],
    ['a public client with keys', {}, { tokenEndpointAuthMethod: 'none' }],
  ])('%s', async (_name, changes, client) => {
    const error = await refused(withAssertion(await assertion(changes)), { client: { ...signingClient, ...client } });
    expect(error).toMatchObject({ code: 'invalid_client', reason: 'wrong_proof' });
  });

  test('an RSA key of 1024 bits', async () => {
    const [, payload] = (await assertion()).split('.');
    const input = `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.${payload}`;
    const jwt = `${input}.${sign('sha256', Buffer.from(input), weakRsa.privateKey).toString('base64url')}`;
    const client = { ...signingClient, jwks: { keys: [weakRsa.publicJwk] } };
    expect((await refused(withAssertion(jwt), { client })).reason).toBe('wrong_proof');
  });

  test('a signature of something else', async () => {
    const [header, , signature] = (await assertion()).split('.');
    const [, payload] = (await assertion({ claims: { jti: 'another' } })).split('.');
    const error = await refused(withAssertion([header, payload, signature].join('.')));
    expect(error.reason).toBe('wrong_proof');
  });

  test('an unknown client is answered like a wrong key', async () => {
    const unknown = await refused(withAssertion(await assertion({ claims: { iss: 'lost', sub: 'lost' } })));
    const wrong = await refused(withAssertion(await assertion({ key: otherEc })));
    expect([unknown.code, unknown.message]).toEqual([wrong.code, wrong.message]);
  });

  test('AS-29 a client that must sign is refused without an assertion, by name or with a secret', async () => {
    for (const more of [{}, { client_secret: secret }, { client_secret: 'x' }]) {
      expect((await refused({ client_id: 'signer', ...more })).code).toBe('invalid_client');
    }
  });

  test('pain 17: a bad assertion never falls back to none', async () => {
    const client: Client = { ...signingClient, tokenEndpointAuthMethods: ['private_key_jwt', 'none'] };
    const jwt = await assertion({ key: otherEc });
    expect((await refused(withAssertion(jwt, { client_id: 'signer' }), { client })).code).toBe('invalid_client');
    for (const half of [{ client_assertion: jwt }, { client_assertion_type: jwtBearer }]) {
      expect((await refused({ client_id: 'signer', ...half }, { client })).code).toBe('invalid_request');
    }
    const empty = { client_id: 'signer', client_assertion: '', client_assertion_type: jwtBearer };
    expect((await refused(empty, { client })).code).toBe('invalid_request');
  });

  test('another assertion type, another client_id, and any second method', async () => {
    const jwt = await assertion();
    const saml = 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer';
    expect((await refused({ ...withAssertion(jwt), client_assertion_type: saml })).code).toBe('invalid_client');
    expect((await refused(withAssertion(jwt, { client_id: 'client-1' }))).code).toBe('invalid_request');
    expect((await refused(withAssertion(jwt, { client_secret: 'x' }))).code).toBe('invalid_request');
  });
});

describe('AS-70 an assertion is good for one use', () => {
  test('the second use is refused, until the assertion would be refused by its age', async () => {
    const deps = proofDeps();
    const jwt = await assertion();
    await authenticate(withAssertion(jwt), deps);
    const error = await refused(withAssertion(jwt), deps);
    expect(error).toMatchObject({ code: 'invalid_client', reason: 'assertion_replayed' });
    // Until the leeway is over too.
    expect([...deps.spent.values()]).toEqual([now + 90]);
    (deps.clock as unknown as { forward(seconds: number): void }).forward(89);
    expect((await refused(withAssertion(jwt), deps)).reason).toBe('assertion_replayed');
  });

  test('the same jti of another assertion is a second use', async () => {
    const deps = proofDeps();
    await authenticate(withAssertion(await assertion({ claims: { jti: 'same' } })), deps);
    const again = await assertion({ claims: { jti: 'same', exp: now + 120 } });
    expect((await refused(withAssertion(again), deps)).reason).toBe('assertion_replayed');
  });

  test('the same jti of another client is not', async () => {
    const deps = proofDeps();
    const other: Client = { ...signingClient, clientId: 'other-signer' };
    await authenticate(withAssertion(await assertion({ claims: { jti: 'same' } })), deps);
    const theirs = await assertion({ claims: { jti: 'same', iss: 'other-signer', sub: 'other-signer' } });
    expect(await authenticate(withAssertion(theirs), { ...deps, client: other })).toBe(other);
  });

  test('a stranger cannot spend the ids of a client', async () => {
    const deps = proofDeps();
    await refused(withAssertion(await assertion({ key: otherEc, claims: { jti: 'same' } })), deps);
    expect(deps.spent.size).toBe(0);
  });

  test('what is stored is a digest of issuer, client and id', async () => {
    const deps = proofDeps();
    await authenticate(withAssertion(await assertion({ claims: { jti: 'mine' } })), deps);
    const id = digest(JSON.stringify([issuer, 'signer', 'mine']));
    expect([...deps.spent.keys()]).toEqual([`client-assertion#${id}`]);
  });
});

describe('AS-29 keys at a jwks_uri', () => {
  const { jwks: _, ...rest } = signingClient;
  const client: Client = { ...rest, jwksUri: 'https://client.example/jwks' };
  const keysFrom = (...answers: (TestAnswer | DocumentError)[]): ClientKeys & { asked: (boolean | undefined)[] } => {
    const asked: (boolean | undefined)[] = [];
    return {
      asked,
      async find(_client, options) {
        asked.push(options?.fresh);
        const answer = answers[asked.length - 1];
        if (answer instanceof DocumentError || !answer) throw answer ?? new Error('asked too often');
        return answer;
      },
    };
  };
  type TestAnswer = readonly Record<string, unknown>[];

  test('a remembered key is enough', async () => {
    const clientKeys = keysFrom([ec.publicJwk]);
    await authenticate(withAssertion(await assertion()), { client, clientKeys });
    expect(clientKeys.asked).toEqual([undefined]);
  });

  test('a new key is found by asking again, once', async () => {
    const clientKeys = keysFrom([otherEc.publicJwk], [otherEc.publicJwk, ec.publicJwk]);
    await authenticate(withAssertion(await assertion()), { client, clientKeys });
    expect(clientKeys.asked).toEqual([undefined, true]);
  });

  test('a wrong key makes it ask once and no more', async () => {
    const clientKeys = keysFrom([ec.publicJwk], [ec.publicJwk]);
    const error = await refused(withAssertion(await assertion({ key: otherEc })), { client, clientKeys });
    expect(error.reason).toBe('wrong_proof');
  });

  test('keys that cannot be had now are no reason for a client to forget its registration', async () => {
    const clientKeys = keysFrom(new DocumentError('unavailable', 'timeout'));
    const error = await refused(withAssertion(await assertion()), { client, clientKeys });
    expect(error.code).toBe('temporarily_unavailable');
  });

  test.each(['refused', 'invalid'] as const)('an address or a document that is %s is invalid_client', async (kind) => {
    const clientKeys = keysFrom(new DocumentError(kind, 'no'));
    const error = await refused(withAssertion(await assertion()), { client, clientKeys });
    expect(error).toMatchObject({ code: 'invalid_client', reason: 'assertion_keys' });
  });

  test('any other failure is not hidden', async () => {
    const clientKeys: ClientKeys = { find: () => Promise.reject(new TypeError('bug')) };
    await expect(authenticate(withAssertion(await assertion()), { client, clientKeys })).rejects.toThrow(TypeError);
  });

  test('a large set without names costs at most five signatures', async () => {
    const keys = [...Array<object>(50).fill(otherEc.publicJwk), ec.publicJwk].map((key) => ({
      ...key,
      kid: undefined,
    }));
    const error = await refused(withAssertion(await assertion()), { client: { ...signingClient, jwks: { keys } } });
    expect(error.reason).toBe('wrong_proof');
  });
});
