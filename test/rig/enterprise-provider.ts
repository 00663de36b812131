import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { startDocumentServer } from './document-server.ts';

/** An identity provider of an enterprise that signs identity assertions (ID-JAG) for its people. */
export interface EnterpriseProvider {
  readonly issuer: string;
  /** Signs an assertion; an undefined claim is left out. */
  sign(claims: Readonly<Record<string, unknown>>): Promise<string>;
  stop(): Promise<void>;
}

/** Starts one on loopback, with its metadata and its keys. */
export async function startEnterpriseProvider(): Promise<EnterpriseProvider> {
  const documents = await startDocumentServer();
  const issuer = documents.url('/tenant');
  const kid = randomUUID();
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  documents.publish('/tenant/.well-known/openid-configuration', { issuer, jwks_uri: documents.url('/keys') });
  documents.publish('/keys', { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'RS256' }] });
  return {
    issuer,
    sign: (claims) =>
      new SignJWT({ iss: issuer, jti: randomUUID(), ...claims })
        .setProtectedHeader({ alg: 'RS256', kid, typ: 'oauth-id-jag+jwt' })
        .setIssuedAt()
        .setExpirationTime('5m')
        .sign(privateKey),
    stop: () => documents.stop(),
  };
}
