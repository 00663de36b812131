import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CryptoKey, JWK } from 'jose';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';

/** What the provider answers at its endpoints; a test changes what it needs. */
export interface Script {
  /** Changes of the discovery document. */
  metadata: Record<string, unknown>;
  /** Claims of the id_token, over good ones. */
  claims: Record<string, unknown>;
  /** Signs with a key that is not published. */
  forged: boolean;
  userinfo: Record<string, unknown> | undefined;
  /** Answers this status, everywhere. */
  outage: number | undefined;
  /** Never answers, anywhere. */
  silent: boolean;
  tokenError: { status: number; error: string } | undefined;
}

export interface ScriptedProvider {
  readonly issuer: string;
  script: Script;
  /** `METHOD path`, in order. */
  readonly seen: string[];
  /** The last request to the token endpoint. */
  tokenRequest(): { form: URLSearchParams; authorization: string | undefined };
  stop(): Promise<void>;
}

export const plainScript = (): Script => ({
  metadata: {},
  claims: {},
  forged: false,
  userinfo: undefined,
  outage: undefined,
  silent: false,
  tokenError: undefined,
});

/** An OpenID provider that misbehaves as told. */
export async function scriptedProvider(): Promise<ScriptedProvider> {
  const honest = await newKey();
  const forger = await newKey();
  const seen: string[] = [];
  let script = plainScript();
  let tokenRequest = { form: new URLSearchParams(), authorization: undefined as string | undefined };
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    seen.push(`${request.method} ${path}`);
    if (script.silent) return;
    const send = (status: number, body: unknown) =>
      response
        .writeHead(script.outage ?? status, { 'content-type': 'application/json', connection: 'close' })
        .end(JSON.stringify(body));
    void answer(request, path).then(
      ({ status, body }) => send(status, body),
      () => send(500, {}),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/pool`;

  async function answer(request: IncomingMessage, path: string): Promise<{ status: number; body: unknown }> {
    if (path === '/pool/.well-known/openid-configuration') return { status: 200, body: metadata() };
    if (path === '/pool/jwks') return { status: 200, body: { keys: [honest.jwk] } };
    if (path === '/pool/userinfo' && script.userinfo) return { status: 200, body: script.userinfo };
    if (path !== '/pool/token') return { status: 404, body: {} };
    tokenRequest = { form: await formOf(request), authorization: request.headers.authorization };
    if (script.tokenError) return { status: script.tokenError.status, body: { error: script.tokenError.error } };
    const body = { access_token: 'access', token_type: 'Bearer', expires_in: 60, id_token: await idToken() };
    return { status: 200, body };
  }

  function metadata(): Record<string, unknown> {
    const endpoints = { authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` };
    const userinfo = script.userinfo ? { userinfo_endpoint: `${issuer}/userinfo` } : {};
    return { issuer, ...endpoints, jwks_uri: `${issuer}/jwks`, ...userinfo, ...script.metadata };
  }

  function idToken(): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const key = script.forged ? forger : honest;
    const claims = { iss: issuer, aud: 'gatehouse', sub: 'Ada|1', nonce: 'nonce', iat: now, exp: now + 60 };
    return new SignJWT({ ...claims, ...script.claims }).setProtectedHeader({ alg: 'RS256', kid: 'k' }).sign(key.secret);
  }

  return {
    issuer,
    get script() {
      return script;
    },
    set script(next: Script) {
      script = next;
    },
    seen,
    tokenRequest: () => tokenRequest,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function newKey(): Promise<{ secret: CryptoKey; jwk: JWK }> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  return { secret: privateKey, jwk: { ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256', use: 'sig' } };
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}
