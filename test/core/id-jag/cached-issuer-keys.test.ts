import { expect, test } from 'vitest';
import { cachedIssuerKeys } from '../../../lambdas/core/id-jag/cached-issuer-keys.ts';
import { DocumentError } from '../../../lambdas/core/ports/documents.ts';
import type { FetchedDocument } from '../../../lambdas/core/ports/documents.ts';
import { HandClock } from '../fixtures.ts';

const issuer = 'https://idp.example/tenant';
const configuration = 'https://idp.example/tenant/.well-known/openid-configuration';
const metadata = 'https://idp.example/.well-known/oauth-authorization-server/tenant';
const jwks = 'https://keys.example/jwks';
const key = { kty: 'EC', kid: 'a' };

/** Hosts that answer what is set, and what was asked of them. */
function web(pages: Record<string, Record<string, unknown>>) {
  const asked: string[] = [];
  const clock = new HandClock();
  const documents = {
    async load(url: string): Promise<FetchedDocument> {
      asked.push(url);
      const body = pages[url];
      if (!body) throw new DocumentError('unavailable', url);
      return { body };
    },
  };
  return { asked, clock, pages, keys: cachedIssuerKeys({ documents, clock }) };
}

test('X-EMA2 keys are found by discovery, and asked for once in ten minutes', async () => {
  const { keys, asked, clock } = web({ [configuration]: { issuer, jwks_uri: jwks }, [jwks]: { keys: [key] } });
  expect(await keys.find({ issuer })).toEqual([key]);
  clock.forward(599);
  expect(await keys.find({ issuer })).toEqual([key]);
  expect(asked).toEqual([configuration, jwks]);
  clock.forward(1);
  await keys.find({ issuer });
  expect(asked).toHaveLength(4);
});

test('X-EMA2 discovery goes on to RFC 8414 where OpenID Connect has nothing', async () => {
  const { keys, asked } = web({ [metadata]: { issuer, jwks_uri: jwks }, [jwks]: { keys: [key] } });
  expect(await keys.find({ issuer })).toEqual([key]);
  expect(asked).toEqual([configuration, metadata, jwks]);
});

test('X-EMA2 a named jwksUri needs no discovery', async () => {
  const { keys, asked } = web({ [jwks]: { keys: [key] } });
  expect(await keys.find({ issuer, jwksUri: jwks })).toEqual([key]);
  expect(asked).toEqual([jwks]);
});

test('RFC 8414 §3.3 metadata of another issuer are not believed', async () => {
  const { keys } = web({ [configuration]: { issuer: `${issuer}/`, jwks_uri: jwks }, [jwks]: { keys: [key] } });
  await expect(keys.find({ issuer })).rejects.toThrow(DocumentError);
});

test('a new key is fetched at once, and then not again for a minute', async () => {
  const { keys, asked, clock, pages } = web({ [jwks]: { keys: [key] } });
  const trusted = { issuer, jwksUri: jwks };
  await keys.find(trusted);
  pages[jwks] = { keys: [key, { ...key, kid: 'b' }] };
  expect(await keys.find(trusted, { fresh: true })).toHaveLength(1);
  clock.forward(60);
  expect(await keys.find(trusted, { fresh: true })).toHaveLength(2);
  await keys.find(trusted, { fresh: true });
  expect(asked).toHaveLength(2);
});

test('while the issuer does not answer, its last keys serve on for their ten minutes; no failure is kept', async () => {
  const { keys, clock, pages } = web({ [jwks]: { keys: [key] } });
  const trusted = { issuer, jwksUri: jwks };
  await keys.find(trusted);
  delete pages[jwks];
  clock.forward(60);
  expect(await keys.find(trusted, { fresh: true })).toEqual([key]);
  clock.forward(540);
  await expect(keys.find(trusted)).rejects.toThrow(DocumentError);
  pages[jwks] = { keys: [key] };
  expect(await keys.find(trusted)).toEqual([key]);
});

test('a key set without keys is refused', async () => {
  const { keys } = web({ [jwks]: { nothing: true } });
  await expect(keys.find({ issuer, jwksUri: jwks })).rejects.toThrow(DocumentError);
});
