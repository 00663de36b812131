import { randomUUID } from 'node:crypto';
import { adminOperations } from '../../lambdas/contract/admin/index.ts';
import type { AdminOperation, AdminResource } from '../../lambdas/contract/admin/operation.ts';
import { adminResources } from '../../lambdas/contract/admin/resources.ts';
import type { Call, FlagValues } from '../commands/command.ts';
import { inputOf } from '../commands/operation-flags.ts';
import type { Io } from '../io.ts';
import { details } from '../output/details.ts';
import { list } from '../output/list.ts';
import { plain, plainJson } from '../output/plain.ts';
import type { ApiAnswer, ApiRequest } from './call-api.ts';
import { callApi } from './call-api.ts';
import { confirm } from './confirm.ts';
import { followPages } from './follow-pages.ts';
import { chosenIssuer } from './issuer.ts';

/** Does one operation of the table and prints its answer. @throws UsageError, CommandError */
export async function runOperation(operation: AdminOperation, { operand, flags, io }: Call): Promise<void> {
  const issuer = chosenIssuer(flags, io);
  if (operation.warning !== undefined && flags['yes'] !== true) {
    const what = [operation.action ?? operation.summary, ...(operand === '' ? [] : [operand])].join(': ');
    await confirm(`${what} (at ${issuer.host})`, operation.warning, io);
  }
  const request: ApiRequest = { issuer, operation, key: operand, input: inputOf(operation, flags) };
  if (operation.answers === 'page') return printPage(request, flags, io);
  const answer = operation.method === 'PUT' ? await update(request, io) : await callApi(identified(request, flags), io);
  print(request, answer, flags, io);
}

/** A request that makes something carries a name, so that it can be repeated. */
function identified(request: ApiRequest, flags: FlagValues): ApiRequest {
  if (request.operation.answers !== 'created') return request;
  const given = flags['idempotency-key'];
  return { ...request, idempotencyKey: typeof given === 'string' ? given : randomUUID() };
}

/** What is there, with the changes in it; its version goes along, so that a change in between is noticed. */
async function update(request: ApiRequest, io: Io): Promise<ApiAnswer> {
  const all: readonly AdminOperation[] = adminOperations;
  const get = all.find(({ resource, verb }) => resource === request.operation.resource && verb === 'get');
  if (!get) throw new Error(`${request.operation.resource} has no get`);
  const row = await callApi({ ...request, operation: get, input: {} }, io);
  const names = request.operation.input.map(({ name }) => name);
  const before = Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name)));
  return callApi({ ...request, input: { ...before, ...request.input } }, io);
}

async function printPage(request: ApiRequest, flags: FlagValues, io: Io): Promise<void> {
  const { limit, cursor } = flags;
  const page = {
    ...(typeof limit === 'number' && { limit: String(limit) }),
    ...(typeof cursor === 'string' && { cursor }),
  };
  const listed = await followPages(request, page, flags['all'] === true, io);
  if (flags['json'] === true) return io.out(plainJson(listed));
  const resource: AdminResource = adminResources[request.operation.resource];
  if (listed.items.length === 0) return io.note(list(resource, []));
  io.out(list(resource, listed.items, io.columns));
  if (listed.next !== undefined) io.note(`There is more: --all, or --cursor ${plain(listed.next)}`);
}

function print({ operation, key }: ApiRequest, answer: ApiAnswer, flags: FlagValues, io: Io): void {
  if (flags['json'] === true) return io.out(plainJson(answer));
  const resource: AdminResource = adminResources[operation.resource];
  const text = details(resource, answer, io.columns);
  if (operation.answers === 'item') return io.out(text);
  if (text !== '') io.note(text);
  if (operation.answers === 'done')
    return io.note(`Done: ${operation.resource} ${operation.verb} ${plain(key)}`.trim());
  const secret = answer[operation.secretField ?? ''];
  if (typeof secret !== 'string') return io.note('There is no secret to show.');
  io.note('\nThe secret, shown this once:');
  io.out(plain(secret));
}
