import type { AdminOperation } from '../../lambdas/contract/admin/operation.ts';
import { writePathValue } from '../../lambdas/contract/admin/path-value.ts';
import { CommandError } from '../errors.ts';
import type { Io } from '../io.ts';
import { ask } from '../login/get-json.ts';
import { accessToken } from './access-token.ts';
import { adminResource } from './issuer.ts';
import { problemOf } from './problem.ts';

export interface ApiRequest {
  readonly issuer: URL;
  readonly operation: AdminOperation;
  /** Empty for operations without one. */
  readonly key: string;
  /** By name of the field. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Query parameters besides the input. @default none */
  readonly page?: Readonly<Record<string, string>>;
  readonly idempotencyKey?: string | undefined;
}

export type ApiAnswer = Readonly<Record<string, unknown>>;

/**
 * One call of the admin API. A token that is not taken is refreshed once.
 * @throws CommandError with what the API says
 */
export async function callApi(request: ApiRequest, io: Io): Promise<ApiAnswer> {
  const token = await accessToken(request.issuer, io);
  let answer = await send(request, token, io);
  if (answer.status === 401) answer = await send(request, await accessToken(request.issuer, io, token), io);
  const body: unknown = await answer.json().catch(() => undefined);
  if (answer.ok && typeof body === 'object' && body !== null) return { ...body };
  // RFC 9110 §15.3.5: there is nothing to say.
  if (answer.status === 204) return {};
  if (answer.ok) throw new CommandError(`${request.issuer.href} answers something else than JSON.`);
  const fields = request.operation.input.map(({ name }) => name);
  throw problemOf(answer, body, fields);
}

async function send({ issuer, operation, ...request }: ApiRequest, token: string, io: Io): Promise<Response> {
  const isQuery = operation.method === 'GET';
  const path = operation.path.replace('{key}', writePathValue(request.key));
  const url = new URL(`${adminResource(issuer)}${path}`);
  for (const [name, value] of Object.entries({ ...(isQuery ? request.input : {}), ...request.page })) {
    for (const each of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(each));
  }
  const hasBody = !isQuery && operation.method !== 'DELETE';
  return ask(
    url,
    {
      method: operation.method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json, application/problem+json',
        ...(hasBody && { 'content-type': 'application/json' }),
        ...(request.idempotencyKey !== undefined && { 'idempotency-key': request.idempotencyKey }),
      },
      ...(hasBody && { body: JSON.stringify(request.input) }),
    },
    io.interrupted,
  );
}
