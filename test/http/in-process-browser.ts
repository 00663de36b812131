import type { Hono } from 'hono';
import { CookieJar } from '../rig/cookie-jar.ts';
import { readForms } from '../rig/html-forms.ts';
import { issuer } from '../core/fixtures.ts';

/** A browser without a network: one app, cookies, redirects by hand. */
export class InProcessBrowser {
  readonly cookies = new CookieJar();
  readonly #app: Hono;
  readonly #origin: string;

  constructor(app: Hono, origin = issuer) {
    this.#app = app;
    this.#origin = origin;
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.#send(path, { headers });
  }

  async post(path: string, fields: URLSearchParams, headers: Record<string, string> = {}): Promise<Response> {
    return this.#send(path, { method: 'POST', body: fields, headers });
  }

  /** Asks for authorization and comes back from the identity provider; the consent page, or where else it led. */
  async arrive(request: URLSearchParams): Promise<{ path: string; page: Response }> {
    const start = await this.get(`/authorize?${request.toString()}`);
    const first = locationOf(start);
    const after = first.host === 'idp.example' ? await this.callback(first) : start;
    const { pathname, search } = locationOf(after);
    return { path: `${pathname}${search}`, page: await this.get(`${pathname}${search}`) };
  }

  /** What the identity provider's redirect does. @param signIn where it was sent */
  async callback(signIn: URL): Promise<Response> {
    return this.get(`/callback?code=upstream&state=${signIn.searchParams.get('state') ?? ''}`);
  }

  /** The fields of the consent page, ticked as they are, with a decision. */
  static async answer(page: Response, decision: 'allow' | 'deny'): Promise<URLSearchParams> {
    const [form] = readForms(await page.clone().text());
    const fields = form?.fields.filter((field) => field.type !== 'checkbox' || field.checked) ?? [];
    return new URLSearchParams([...fields.map(({ name, value }) => [name, value]), ['decision', decision]]);
  }

  async #send(path: string, init: RequestInit & { headers: Record<string, string> }): Promise<Response> {
    const url = new URL(path, this.#origin);
    const cookie = this.cookies.header(url);
    const headers = { ...init.headers, ...(cookie ? { cookie } : {}) };
    const env = { requestContext: { requestId: 'trace-1' } };
    const answer = await this.#app.request(url.href, { ...init, headers }, env);
    this.cookies.store(answer, url);
    return answer;
  }
}

/** Where an answer leads. */
export function locationOf(answer: Response): URL {
  const location = answer.headers.get('location');
  if (!location) throw new Error(`no redirect but ${answer.status}`);
  return new URL(location);
}
