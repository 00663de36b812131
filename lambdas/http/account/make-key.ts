import { keyInput } from '../../contract/admin/key-operations.ts';
import { AdminRefusal } from '../../core/admin/admin-refusal.ts';
import { createApiKey } from '../../core/api-keys/create-api-key.ts';
import type { KeyInput } from '../../core/api-keys/key-input.ts';
import { OAuthError } from '../../core/errors.ts';
import { readInput } from '../admin/read-input.ts';
import { lastOfEach, ownFields, sentValues } from '../console/form-values.ts';
import { copyScript } from '../console/look/copy-script.ts';
import type { Answer, Visit } from './account-desk.ts';
import { keyServers } from './key-servers.ts';
import { say } from './say.ts';
import { keyFormPage } from './view/key-form-page.ts';
import { keyMadePage } from './view/key-made-page.ts';

/** The form for a new API key. */
export const showKeyForm: Answer = async (visit) => {
  return form(visit, { idempotencyKey: visit.desk.deps.entropy.token(16) });
};

/**
 * Makes a key and shows it, this once. Answered by a page and no redirect, because no address may lead to a secret; who
 * loads the page again sends the form again, and its idempotency key gives the same answer for ten minutes.
 */
export const makeKey: Answer = async (visit) => {
  const { desk, who } = visit;
  const idempotencyKey = idempotencyKeyIn(visit.form);
  const { sub: owner, email } = who.person;
  const maker = { owner, email, actsAs: 'owner', idempotencyKey, begunAt: who.begunAt } as const;
  try {
    // Nothing in the table has a member that the form does not demand.
    const input = readInput(keyInput, lastOfEach(keyInput, visit.form), ownFields) as unknown as KeyInput;
    const made = await createApiKey(input, maker, desk.deps);
    const page = keyMadePage(made, desk.deps.servers, desk.links);
    return say(visit, 'Your new API key', page, { script: copyScript });
  } catch (error) {
    if (!(error instanceof AdminRefusal) || error.kind !== 'invalid') throw error;
    const problems = error.fields;
    // Used for another key: a new one, or the form could never be sent.
    const isSpent = problems.some(({ field }) => field === 'idempotencyKey');
    const next = isSpent ? desk.deps.entropy.token(16) : idempotencyKey;
    const trouble = { message: 'No key was made yet.', problems };
    return form(visit, { values: sentValues(keyInput, visit.form), idempotencyKey: next, trouble }, 400);
  }
};

function form(
  visit: Visit,
  details: Pick<Parameters<typeof keyFormPage>[0], 'values' | 'idempotencyKey' | 'trouble'>,
  status = 200,
): Response {
  const { desk, who } = visit;
  const servers = keyServers(desk.deps);
  const title = details.trouble ? 'Problem: Make an API key' : 'Make an API key';
  return say(visit, title, keyFormPage({ ...details, servers, csrf: who.csrf }, desk.links), { status });
}

function idempotencyKeyIn(sent: URLSearchParams): string {
  const given = sent.getAll('idempotency_key');
  if (given.length === 1 && /^[\w-]{1,200}$/.test(given[0] ?? '')) return given[0] as string;
  throw new OAuthError('invalid_request', 'the form was not made here; open the page again', { reason: 'stale_form' });
}
