import { keyInput } from '../../../contract/admin/key-operations.ts';
import type { FieldProblem } from '../../../core/admin/admin-refusal.ts';
import type { ProtectedServer } from '../../../core/protected-server.ts';
import type { FormValues } from '../../console/form-values.ts';
import { inputField } from '../../console/view/input-field.ts';
import { fieldsHere, firstValues } from '../../console/view/new-form.ts';
import { offersOf } from '../../console/view/offers.ts';
import { problemSummary } from '../../console/view/problem-summary.ts';
import type { Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import type { Links } from '../links.ts';

export interface KeyForm {
  /** @default what stands in a new form */
  readonly values?: FormValues;
  readonly idempotencyKey: string;
  readonly csrf: string;
  /** Those that take keys. */
  readonly servers: readonly ProtectedServer[];
  /** Why no key was made. @default it was not tried */
  readonly trouble?: { readonly message: string; readonly problems: readonly FieldProblem[] };
}

/** Asks for a new key's name, servers, permissions and end: the fields that administrators have. */
export function keyFormPage({ values, idempotencyKey, csrf, servers, trouble }: KeyForm, links: Links): Html {
  return html`<section class="card">
    <p class="crumb small"><a href="${links.overview()}">Your access</a></p>
    <h1>Make an API key</h1>
    <p class="soft">A program with this key acts as you, within what you choose here. You see the key once.</p>
    ${trouble && problemSummary(trouble.message, trouble.problems, { input: keyInput })}
    <form method="post" action="${links.newKey}" novalidate>
      <input type="hidden" name="csrf" value="${csrf}" />
      <input type="hidden" name="idempotency_key" value="${idempotencyKey}" />
      ${fieldsHere(keyInput, servers, values).map((field) =>
        inputField({
          field,
          values: values ? (values[field.name] ?? []) : firstValues(field, servers),
          problem: trouble?.problems.find((problem) => problem.field === field.name)?.message,
          offers: 'offers' in field ? offersOf(field.offers, servers) : undefined,
        }),
      )}
      <div class="buttons">
        <button class="main" type="submit">Make the key</button>
        <a class="button" href="${links.overview()}">Cancel</a>
      </div>
    </form>
  </section>`;
}
