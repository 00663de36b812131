import { decodeJwt } from 'jose';
import { expect } from 'vitest';
import type { Credentials } from '../../rig/client-credentials.ts';
import { authenticate } from '../../rig/client-credentials.ts';
import { sendAs } from '../../rig/client-http.ts';
import type { JsonAnswer, Tokens } from '../../rig/oauth-client.ts';
import { OAuthClient, readJson, readTokens } from '../../rig/oauth-client.ts';
import { isSignIn, Person } from '../../rig/person.ts';
import type { ClientShape } from './client-shape.ts';
import { discover } from './discover.ts';
import type { Discovered } from './discover.ts';
import { helloOf } from './hello.ts';

/** Gives the client its id, and its secret if it has one. */
export type Register = (shape: ClientShape, found: Discovered) => Promise<Credentials>;

/** One client on its way, step by step; each step builds on those before. */
export class Replay {
  readonly shape: ClientShape;
  readonly mcpUrl: string;
  readonly #register: Register;
  readonly #person = new Person();
  #found: Discovered | undefined;
  #known: Credentials | undefined;
  #code: { readonly client: OAuthClient; readonly redeem: () => Promise<JsonAnswer> } | undefined;
  #tokens: Tokens | undefined;

  constructor(shape: ClientShape, mcpUrl: string, register: Register) {
    this.shape = shape;
    this.mcpUrl = mcpUrl;
    this.#register = register;
  }

  async discovery(): Promise<void> {
    this.#found = await discover(this.shape, this.mcpUrl);
  }

  async registration(): Promise<void> {
    this.#known = await this.#register(this.shape, reached(this.#found));
  }

  async authorization(): Promise<void> {
    const { shape } = this;
    const { issuer } = reached(this.#found);
    const known = reached(this.#known);
    const client = new OAuthClient(issuer, known.clientId, shape.redirectUri);
    const attempt = client.start({ ...this.#target(), scope: this.#scope(), ...shape.parameters });
    const landing = await this.#person.authorize(attempt.url);
    // AS-45, AS-46: to the address that was asked for, with each parameter once.
    expect(landing.href.split('?')[0]).toBe(shape.redirectUri);
    expect([...landing.searchParams.keys()].sort()).toEqual(['code', 'iss', 'state']);
    expect(landing.searchParams.get('state')).toBe(attempt.state);
    expect(landing.searchParams.get('iss')).toBe(issuer);
    const redeem = () =>
      this.#token({
        grant_type: 'authorization_code',
        code: landing.searchParams.get('code') ?? '',
        redirect_uri: shape.redirectUri,
        code_verifier: attempt.verifier,
        ...this.#target(),
      });
    this.#code = { client, redeem };
  }

  async tokens(): Promise<void> {
    const answer = await reached(this.#code).redeem();
    const tokens = readTokens(answer);
    expect(answer.headers.get('cache-control')).toContain('no-store');
    expect(answer.body).toMatchObject({ token_type: 'Bearer', expires_in: expect.any(Number) as number });
    // Pain 3 and pain 7: a refresh token for everybody who can use it, and the canonical audience for everybody.
    expect(answer.body['refresh_token']).toEqual(expect.any(String));
    expect(decodeJwt(tokens.accessToken).aud).toBe(this.mcpUrl);
    expect(tokens.scope.split(' ')).toEqual(expect.arrayContaining(['todo:read', 'todo:write']));
    this.#tokens = tokens;
  }

  async call(): Promise<void> {
    await this.#callWith(reached(this.#tokens).accessToken);
  }

  async refresh(): Promise<void> {
    const { refreshToken, scope } = reached(this.#tokens);
    const parameters = {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      ...this.#target(),
      ...(this.shape.refreshesWithScope && { scope }),
    };
    const times = Array.from({ length: this.shape.refreshesAtOnce ?? 1 });
    const next = (await Promise.all(times.map(() => this.#token(parameters)))).map(readTokens);
    // Pain 1: the same successor for all, and the scope as it was.
    expect(new Set(next.map((tokens) => tokens.refreshToken)).size).toBe(1);
    expect(next.map((tokens) => tokens.scope)).toEqual(next.map(() => scope));
    for (const { accessToken } of next) await this.#callWith(accessToken);
    this.#tokens = next[0];
  }

  async secondConnect(): Promise<void> {
    const first = reached(this.#tokens);
    const before = reached(this.#known).clientId;
    const seen = this.#person.pages.length;
    await this.registration();
    // Pain 22: what has no secret is the same client again.
    if (reached(this.#known).secret === undefined) expect(this.#known?.clientId).toBe(before);
    await this.authorization();
    expect(this.#person.pages.slice(seen).filter(isSignIn)).toEqual([]);
    await this.tokens();
    await this.call();
    // Pain 25: another installation of the same client goes on as before.
    await this.#callWith(first.accessToken);
  }

  async #callWith(token: string): Promise<void> {
    const { method, headers, body } = helloOf(this.shape.revision);
    const init = { method, headers: { ...headers, authorization: `Bearer ${token}` }, body };
    const answer = await sendAs(this.mcpUrl, init, { agent: this.shape.agents?.mcp, origin: this.shape.origin });
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('gatehouse-todos')]);
  }

  async #token(parameters: Readonly<Record<string, string>>): Promise<JsonAnswer> {
    const { issuer, tokenEndpoint } = reached(this.#found);
    const own = await authenticate(this.shape.auth, reached(this.#known), issuer);
    const body = new URLSearchParams({ ...parameters, ...own.parameters }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...own.headers };
    const { agents, origin } = this.shape;
    return await readJson(
      await sendAs(tokenEndpoint, { method: 'POST', headers, body }, { agent: agents?.oauth, origin }),
    );
  }

  #target(): Record<string, string> {
    const { resource = 'canonical' } = this.shape;
    if (resource === 'omitted') return {};
    return { resource: resource === 'origin' ? `${new URL(this.mcpUrl).origin}/` : reached(this.#found).resource };
  }

  #scope(): string | undefined {
    const { scope } = this.shape;
    const { scopes } = reached(this.#found);
    if (scope === 'omitted') return undefined;
    return scope in scopes ? scopes[scope as keyof typeof scopes] : scope;
  }
}

/** @throws Error if the step that gives it failed */
function reached<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('an earlier step failed');
  return value;
}
