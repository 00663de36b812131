import { requireAccess } from '../admin/require-access.ts';
import type { Row, Visit } from './console-desk.ts';
import type { Target } from './find-page.ts';
import type { FormValues } from './form-values.ts';
import { storedValues } from './form-values.ts';
import type { FormDetails } from './pages/form-page.ts';
import { formPage } from './pages/form-page.ts';
import { isOfRow, operationOf } from './table-of-operations.ts';

export type FormTarget = Extract<Target, { kind: 'form' }>;

/** The form or the question of an operation. @throws AdminRefusal for whoever may only look */
export async function showForm(target: FormTarget, visit: Visit): Promise<Response> {
  requireAccess(target.operation, visit.who, visit.desk.deps);
  const row = await rowOf(target, visit);
  return sendForm(target, visit, {
    row,
    values: isOfRow(target.operation) ? storedValues(target.operation.input, row) : undefined,
  });
}

/** The row that an operation is about; empty for one that makes something. @throws AdminRefusal if it is gone */
export async function rowOf({ resource, operation, key }: FormTarget, { desk, who }: Visit): Promise<Row> {
  const get = operationOf(resource.id, 'get');
  return get && isOfRow(operation) ? desk.run(get, { key }, who) : {};
}

export interface FormState extends Pick<FormDetails, 'trouble' | 'stored'> {
  readonly row: Row;
  readonly values: FormValues | undefined;
}

/** @param status @default 200 */
export function sendForm(target: FormTarget, { desk, frame }: Visit, state: FormState, status = 200): Response {
  const { deps, send } = desk;
  const page = formPage(
    {
      ...target,
      ...state,
      servers: deps.servers,
      csrf: frame.person?.csrf ?? '',
      // A new one each time: what was refused made nothing that a repetition could make twice.
      idempotencyKey: deps.entropy.token(16),
      now: deps.clock.now(),
    },
    frame,
  );
  return send(page, { status, formAction: [] });
}
