import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** What a client is known by. */
export interface Credentials {
  readonly clientId: string;
  readonly secret?: string | undefined;
}

/** The part of a token request that says who asks. */
export interface Authentication {
  readonly parameters: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
}

const keys = await generateKeyPair('ES256');

/** The key set that a client publishes. */
export const publishedKeys = { keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'key-1', alg: 'ES256' }] };

/** Makes the authentication of one request. @param issuer audience of a signed assertion */
export async function authenticate(
  method: 'none' | 'client_secret_post' | 'client_secret_basic' | 'private_key_jwt',
  { clientId, secret = '' }: Credentials,
  issuer: string,
): Promise<Authentication> {
  if (method === 'client_secret_basic') {
    // OAuth 2.1 §2.4.1: each half is form-encoded before.
    const pair = [clientId, secret].map(encodeURIComponent).join(':');
    return { parameters: {}, headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` } };
  }
  const own = { client_id: clientId };
  if (method === 'none') return { parameters: own, headers: {} };
  if (method === 'client_secret_post') return { parameters: { ...own, client_secret: secret }, headers: {} };
  const assertion = new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg: 'ES256', kid: 'key-1' })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(issuer)
    .setIssuedAt()
    .setExpirationTime('1m');
  const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
  const signed = { client_assertion_type: type, client_assertion: await assertion.sign(keys.privateKey) };
  return { parameters: { ...own, ...signed }, headers: {} };
}
