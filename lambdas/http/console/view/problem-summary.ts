import type { AdminOperation } from '../../../contract/admin/operation.ts';
import type { FieldProblem } from '../../../core/admin/admin-refusal.ts';
import type { Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import { fieldId } from '../../pages/form-field.ts';

/** What is wrong with a form, on top and first in focus, each line leading to its field. */
export function problemSummary(
  message: string,
  problems: readonly FieldProblem[],
  { input }: Pick<AdminOperation, 'input'>,
): Html {
  const fieldOf = (name: string) => input.find((field) => field.name === name && !field.hidden);
  return html`<div class="note bad" role="alert" tabindex="-1" autofocus>
    <p><strong>${message}</strong></p>
    ${
      problems.length > 0 &&
      html`<ul>
        ${problems.map(({ field, message: text }) => {
          const known = fieldOf(field);
          return known
            ? html`<li><a href="#${fieldId(field)}">${known.label}: ${text}</a></li>`
            : html`<li>${text}</li>`;
        })}
      </ul>`
    }
  </div>`;
}
