import type { Person } from '../../lambdas/core/person.ts';
import { form, goodRequest, issuer, publicClient, verifier } from '../core/fixtures.ts';
import type { Desk } from './desk.ts';
import { InProcessBrowser, locationOf } from './in-process-browser.ts';
import { alice } from './scripted-provider.ts';

export const adminApi = `${issuer}/admin/api`;
export const bothScopes = 'gatehouse:admin gatehouse:admin:read';

let people = 0;

/** Somebody of whom nothing is remembered. */
export function somebody(changes: Partial<Person> = {}): Person {
  people += 1;
  return { ...alice, sub: `somebody-${people}`, ...changes };
}

export const administrator = () => somebody({ groups: ['gatehouse-admins'] });
export const reader = () => somebody({ groups: ['gatehouse-readers'] });

/** The request of a client for the admin API. */
export function adminRequest(changes: Record<string, string | undefined> = {}): URLSearchParams {
  return goodRequest({ resource: adminApi, scope: bothScopes, ...changes });
}

/** Signs a person in for a request and allows it. @returns where the browser ends */
export async function walk(desk: Desk, person: Person, request: URLSearchParams): Promise<URL> {
  desk.provider.person = { ...person, authTime: desk.clock.now() };
  const browser = new InProcessBrowser(desk.interaction);
  const start = await browser.get(`/authorize?${request.toString()}`);
  const first = locationOf(start);
  if (first.host !== 'idp.example') return first;
  const after = locationOf(await browser.callback(first));
  if (after.pathname !== '/consent') return after;
  const page = await browser.get(`${after.pathname}${after.search}`);
  return locationOf(await browser.post('/consent', await InProcessBrowser.answer(page, 'allow')));
}

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly scope: string;
  readonly expires_in: number;
}

/** Asks the token endpoint. */
export async function askToken(
  desk: Desk,
  values: Record<string, string | undefined>,
  headers: Record<string, string> = {},
): Promise<Response> {
  return desk.token.request(`${issuer}/token`, {
    method: 'POST',
    body: form({ client_id: publicClient.clientId, ...values }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });
}

/** Tokens of a person for a request; throws where there are none. */
export async function tokensOf(desk: Desk, person: Person, request = adminRequest()): Promise<Tokens> {
  const end = await walk(desk, person, request);
  const code = end.searchParams.get('code') ?? undefined;
  const answer = await askToken(desk, { grant_type: 'authorization_code', code, code_verifier: verifier });
  if (answer.status !== 200) throw new Error(`${end.search} ${await answer.text()}`);
  return (await answer.json()) as Tokens;
}

/** Calls the admin API. @param path below it; may have a query */
export async function call(
  desk: Desk,
  method: string,
  path: string,
  token: string | undefined,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  const init = {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  };
  return desk.admin.request(`${adminApi}${path}`, init, { requestContext: { requestId: 'trace-1' } });
}
