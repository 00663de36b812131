import { decodeProtectedHeader } from 'jose';
import * as oidc from 'openid-client';
import { expect, test } from 'vitest';
import { startGatehouse } from '../rig/gatehouse.ts';
import { openIdClient, openIdSignIn } from '../rig/openid-sign-in.ts';

test.each([
  ['ES256', 'test/apps/es256.ts'],
  ['EdDSA', 'test/apps/eddsa.ts'],
])('F-A8 openid-client, strict, %s: code with PKCE, ID token, userinfo', async (algorithm, app) => {
  const gatehouse = await startGatehouse({ app });
  try {
    const client = await openIdClient(gatehouse.baseUrl);
    const metadata = client.config.serverMetadata();
    expect(metadata.id_token_signing_alg_values_supported).toEqual([algorithm]);
    const tokens = await openIdSignIn(client);
    const claims = tokens.claims();
    for (const token of [tokens.id_token, tokens.access_token]) {
      expect(decodeProtectedHeader(token ?? '').alg).toBe(algorithm);
    }
    const info = await oidc.fetchUserInfo(client.config, tokens.access_token, claims?.sub ?? '');
    expect(info.email).toBe(claims?.['email']);
  } finally {
    await gatehouse.stop();
  }
});
