import type { JsonAnswer } from './oauth-client.ts';
import { OAuthClient, readJson } from './oauth-client.ts';
import { Person } from './person.ts';

/** The admin API of a running Gatehouse, called as a program of somebody's does. */
export class AdminApi {
  readonly #at: string;
  readonly #token: string;

  constructor(at: string, token: string) {
    this.#at = at;
    this.#token = token;
  }

  /** Signs in for it. @param name of the person; here `admin` and `auditor` mean something */
  static async signIn(
    baseUrl: string,
    name = 'admin',
    scope = 'gatehouse:admin gatehouse:admin:read',
  ): Promise<AdminApi> {
    const resource = `${baseUrl}/admin/api`;
    const client = await OAuthClient.register(baseUrl);
    const { accessToken } = await client.signIn({ person: new Person(name), parameters: { resource, scope } });
    return new AdminApi(resource, accessToken);
  }

  /** @param path below the API, with a leading slash */
  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<JsonAnswer> {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const authorization = `Bearer ${this.#token}`;
    const all = { ...json, authorization, ...headers };
    return readJson(
      await fetch(`${this.#at}${path}`, {
        method,
        headers: all,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );
  }
}
