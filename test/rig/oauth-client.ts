import { createHash, randomBytes } from 'node:crypto';
import type { Answer } from './person.ts';
import { Person } from './person.ts';

/** A started authorization request and what its client must remember. */
export interface Attempt {
  readonly url: URL;
  readonly verifier: string;
  readonly state: string;
  readonly redirectUri: string;
}

/** An answer of the token or registration endpoint, of any status. */
export interface JsonAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly scope: string;
}

/** Parameters of a request; `undefined` leaves one out that would be sent otherwise. */
export type Parameters = Readonly<Record<string, string | undefined>>;

export const defaultRedirectUri = 'http://127.0.0.1:9/callback';

/** A raw OAuth client: sends what a test says, right or wrong, and judges nothing. */
export class OAuthClient {
  readonly issuer: string;
  readonly clientId: string;
  readonly redirectUri: string;

  constructor(issuer: string, clientId: string, redirectUri = defaultRedirectUri) {
    this.issuer = issuer;
    this.clientId = clientId;
    this.redirectUri = redirectUri;
  }

  /** Registers a public client of its own: the random name keeps it apart from the clients of other tests. */
  static async register(issuer: string, metadata: Readonly<Record<string, unknown>> = {}): Promise<OAuthClient> {
    const redirectUri = defaultRedirectUri;
    const answer = await postJson(`${issuer}/register`, {
      client_name: `Test ${randomBytes(4).toString('hex')}`,
      redirect_uris: [redirectUri],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      ...metadata,
    });
    if (answer.status !== 201) throw new Error(`registration: ${answer.status} ${JSON.stringify(answer.body)}`);
    const [registered = redirectUri] = answer.body['redirect_uris'] as string[];
    return new OAuthClient(issuer, String(answer.body['client_id']), registered);
  }

  /** Makes an authorization URL with PKCE and state; `parameters` replaces or removes any part of it. */
  start(parameters: Parameters = {}): Attempt {
    const verifier = randomBytes(32).toString('base64url');
    const state = randomBytes(9).toString('base64url');
    const all: Parameters = {
      response_type: 'code',
      client_id: this.clientId,
      redirect_uri: this.redirectUri,
      state,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...parameters,
    };
    const url = new URL(`${this.issuer}/authorize`);
    url.search = new URLSearchParams(present(all)).toString();
    return { url, verifier, state, redirectUri: all['redirect_uri'] ?? this.redirectUri };
  }

  /** Redeems the code of the redirect that ended an attempt. */
  async redeem(attempt: Attempt, landing: URL, parameters: Parameters = {}): Promise<JsonAnswer> {
    return await this.token({
      grant_type: 'authorization_code',
      code: landing.searchParams.get('code') ?? undefined,
      redirect_uri: attempt.redirectUri,
      code_verifier: attempt.verifier,
      client_id: this.clientId,
      ...parameters,
    });
  }

  async refresh(refreshToken: string, parameters: Parameters = {}): Promise<JsonAnswer> {
    const own = { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: this.clientId };
    return await this.token({ ...own, ...parameters });
  }

  async token(parameters: Parameters): Promise<JsonAnswer> {
    const body = new URLSearchParams(present(parameters));
    return await readJson(await fetch(`${this.issuer}/token`, { method: 'POST', body }));
  }

  /** The whole flow, from the authorization request to the tokens. */
  async signIn(options: { person?: Person; answer?: Answer; parameters?: Parameters } = {}): Promise<Tokens> {
    const attempt = this.start(options.parameters);
    const landing = await (options.person ?? new Person()).authorize(attempt.url, options.answer);
    return readTokens(await this.redeem(attempt, landing));
  }
}

/** @throws Error with the whole answer if it is not a token response */
export function readTokens(answer: JsonAnswer): Tokens {
  const { access_token: access, refresh_token: refresh, scope } = answer.body;
  if (answer.status !== 200 || typeof access !== 'string') {
    throw new Error(`no tokens: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  return { accessToken: access, refreshToken: String(refresh), scope: String(scope) };
}

export async function postJson(url: string, body: unknown): Promise<JsonAnswer> {
  const headers = { 'content-type': 'application/json' };
  return await readJson(await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) }));
}

/** @throws Error with the text if the answer is not a JSON object */
export async function readJson(answer: Response): Promise<JsonAnswer> {
  const text = await answer.text();
  try {
    return { status: answer.status, headers: answer.headers, body: JSON.parse(text) as Record<string, unknown> };
  } catch {
    throw new Error(`not JSON: ${answer.status} ${answer.url} ${text.slice(0, 500)}`);
  }
}

function present(parameters: Parameters): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
