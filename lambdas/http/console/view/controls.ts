import type { Child, Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';

/** One line of text. @param attributes `id`, `name` and what ties it to its label */
export function lineControl(value: string, attributes: Html, isNumber = false): Html {
  const numeric = isNumber && html`inputmode="numeric" class="number"`;
  return html`<input
    type="text"
    ${attributes}
    value="${value}"
    ${numeric}
    autocomplete="off"
    autocapitalize="off"
    spellcheck="false"
  />`;
}

/** Several texts, one a line. */
export function linesControl(values: readonly string[], attributes: Html): Html {
  const rows = Math.min(12, Math.max(3, values.length + 1));
  // HTML drops the first new line of a textarea: one of ours, so that none of theirs is lost.
  const text: Child = `\n${values.join('\n')}`;
  return html`<textarea ${attributes} rows="${rows}" autocomplete="off" spellcheck="false">${text}</textarea>`;
}

/**
 * One of a few.
 * @param none label of the empty choice. @default there is none
 * @param word what a choice is called. @default the choice itself
 */
export function selectControl(
  choices: readonly string[],
  value: string,
  attributes: Html,
  none?: string,
  word = (choice: string) => choice,
): Html {
  return html`<select ${attributes}>
    ${none !== undefined && html`<option value="">${none}</option>`}
    ${choices.map(
      (choice) => html`<option value="${choice}" ${choice === value && html`selected`}>${word(choice)}</option>`,
    )}
  </select>`;
}
