import { decodeProtectedHeader } from 'jose';
import * as oidc from 'openid-client';
import { expect } from 'vitest';
import { openIdClient, openIdSignIn } from './openid-sign-in.ts';

/** Signs in with openid-client, which holds every token against the algorithm that the metadata publishes. */
export async function openIdRound(issuer: string, algorithm: string): Promise<void> {
  const client = await openIdClient(issuer);
  const metadata = client.config.serverMetadata();
  expect(metadata.id_token_signing_alg_values_supported).toEqual([algorithm]);
  const tokens = await openIdSignIn(client);
  const claims = tokens.claims();
  for (const token of [tokens.id_token, tokens.access_token]) {
    expect(decodeProtectedHeader(token ?? '').alg).toBe(algorithm);
  }
  const info = await oidc.fetchUserInfo(client.config, tokens.access_token, claims?.sub ?? '');
  expect(info.email).toBe(claims?.['email']);
}
