import type { Context } from 'hono';
import { operationId } from '../../contract/admin/operation.ts';
import type { AdminAnswer } from '../../core/admin/admin-handler.ts';
import { AdminRefusal } from '../../core/admin/admin-refusal.ts';
import { readInput } from '../admin/read-input.ts';
import { requireAccess } from '../admin/require-access.ts';
import { leave } from '../proceed.ts';
import { readForm } from '../read-params.ts';
import { requireSameOrigin } from '../same-origin.ts';
import { requireCsrf } from '../signed-in.ts';
import { admit } from './admit.ts';
import { answerTrouble } from './answer-trouble.ts';
import type { ConsoleDesk, Visit } from './console-desk.ts';
import type { Target } from './find-page.ts';
import { lastOfEach, ownFields, sentValues, storedValues } from './form-values.ts';
import { createdPage } from './pages/created-page.ts';
import type { FormTarget } from './show-form.ts';
import { rowOf, sendForm } from './show-form.ts';
import { isOfRow, operationOf } from './table-of-operations.ts';

/** Does what a form asks for, or shows the form again with what is wrong. */
export async function takeForm(context: Context, target: Target | undefined, desk: ConsoleDesk): Promise<Response> {
  requireSameOrigin(context, desk.deps.issuer);
  const admitted = await admit(context, desk);
  if (admitted instanceof Response) return admitted;
  const { visit, session } = admitted;
  try {
    const form = await readForm(context);
    requireCsrf(form, session);
    if (target?.kind !== 'form') return answerTrouble(undefined, context, desk, visit.frame);
    return await perform(target, form, visit);
  } catch (error) {
    return answerTrouble(error, context, desk, visit.frame);
  }
}

async function perform(target: FormTarget, form: URLSearchParams, visit: Visit): Promise<Response> {
  try {
    return answered(target, await runForm(target, form, visit), visit);
  } catch (error) {
    const mayTryAgain = error instanceof AdminRefusal && !['not_found', 'forbidden'].includes(error.kind);
    if (!mayTryAgain) throw error;
    return showAgain(target, form, error, visit);
  }
}

async function runForm(target: FormTarget, form: URLSearchParams, { desk, who }: Visit): Promise<AdminAnswer> {
  const { operation, key } = target;
  // Whoever may not change anything is told that, and not what is wrong with the fields.
  requireAccess(operation, who, desk.deps);
  const input = readInput(operation.input, lastOfEach(operation.input, form), ownFields);
  const idempotencyKey = form.get('idempotency_key') ?? undefined;
  return desk.run(operation, { key, input, ...(operation.answers === 'created' && { idempotencyKey }) }, who);
}

async function answered(target: FormTarget, answer: AdminAnswer, visit: Visit): Promise<Response> {
  const { resource, operation, key } = target;
  const { deps, links, send } = visit.desk;
  if (operation.answers === 'created') {
    const page = createdPage({ resource, operation, row: answer, now: deps.clock.now() }, visit.frame);
    return send(page, { formAction: [], script: page.script });
  }
  const done = `?done=${operationId(operation)}`;
  const isLeft = isOfRow(operation) && (await stillThere(target, visit));
  return leave(`${isLeft ? links.row(resource.id, key) : links.list(resource.id)}${done}`, deps);
}

/** Whether there is a row to go back to. */
async function stillThere({ resource, key }: FormTarget, { desk, who }: Visit): Promise<boolean> {
  const get = operationOf(resource.id, 'get');
  if (!get) return false;
  try {
    await desk.run(get, { key }, who);
    return true;
  } catch (error) {
    if (error instanceof AdminRefusal && error.kind === 'not_found') return false;
    throw error;
  }
}

/** The form with everything that was entered, and what is wrong with it. */
async function showAgain(
  target: FormTarget,
  form: URLSearchParams,
  refusal: AdminRefusal,
  visit: Visit,
): Promise<Response> {
  const { input } = target.operation;
  const row = await rowOf(target, visit);
  const values = sentValues(input, lastOfEach(input, form));
  const trouble = { message: refusal.message, problems: refusal.fields };
  if (refusal.kind !== 'changed' || !isOfRow(target.operation)) {
    return sendForm(target, visit, { row, values, trouble }, refusal.kind === 'invalid' ? 400 : 409);
  }
  // What somebody else stored stands beside; whoever sends the form again has seen it.
  const stored = storedValues(input, row);
  const hidden = input.filter((field) => field.hidden).map(({ name }) => [name, stored[name] ?? []] as const);
  const message = `Somebody changed this ${target.resource.one} since you read it. Fields that differ say what is stored now; saving replaces it.`;
  const state = { row, stored, trouble: { ...trouble, message }, values: { ...values, ...Object.fromEntries(hidden) } };
  return sendForm(target, visit, state, 409);
}
