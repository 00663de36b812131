import type { Child, Html } from './html.ts';
import { html } from './html.ts';

/** What stands around a control of a form. */
export interface FormField {
  /** Name of the control. */
  readonly name: string;
  readonly label: string;
  /** What to enter, in a sentence. */
  readonly hint?: string | undefined;
  /** What is wrong with what was entered. */
  readonly problem?: string | undefined;
  /** @default false */
  readonly required?: boolean | undefined;
  /** What else to know before entering it, such as what is stored now. @default nothing */
  readonly note?: string | undefined;
}

/**
 * A control with its label, hint and problem, tied together for those who do not see them.
 * @param control gets the attributes that tie it: `id`, `name`, `required`, `aria-*`
 */
export function formField(field: FormField, control: (attributes: Html) => Html): Html {
  return html`<div class="field">
    <label for="${fieldId(field.name)}">${field.label}${mark(field)}</label>
    ${hintOf(field)} ${noteOf(field)} ${control(attributes(field))} ${problemOf(field)}
  </div>`;
}

/** Several ticks or radio buttons under one label. @param choices made by choiceItem */
export function choiceField(field: FormField, choices: Child): Html {
  const id = fieldId(field.name);
  return html`<fieldset class="field" id="${id}" tabindex="-1" ${describedBy(field)}>
    <legend>${field.label}${mark(field)}</legend>
    ${hintOf(field)} ${noteOf(field)} ${problemOf(field)}
    <ul class="scopes">
      ${choices}
    </ul>
  </fieldset>`;
}

export interface Choice {
  /** Name of its field. */
  readonly name: string;
  readonly type: 'checkbox' | 'radio';
  readonly value: string;
  readonly checked: boolean;
  readonly text: Child;
  /** Small, below. @default nothing */
  readonly detail?: Child;
}

/** A tick or radio button. @param at number of the choice, unique in its field */
export function choiceItem({ name, type, value, checked, text, detail }: Choice, at: number): Html {
  const id = `${fieldId(name)}-${at}`;
  return html`<li>
    <input type="${type}" name="${name}" value="${value}" id="${id}" ${checked && html`checked`} />
    <label for="${id}"
      ><span class="what">${text}</span>${detail !== undefined && html`<span class="detail">${detail}</span>`}</label
    >
  </li>`;
}

/** All problems of a form at its top, each a link to its field. Nothing if there are none. */
export function problemList(fields: readonly Pick<FormField, 'name' | 'label' | 'problem'>[]): Child {
  const wrong = fields.filter(({ problem }) => problem !== undefined);
  if (wrong.length === 0) return undefined;
  return html`<div class="note" role="alert">
    <p><strong>Nothing was saved yet.</strong> Please look again at:</p>
    <ul>
      ${wrong.map(({ name, label, problem }) => html`<li><a href="#${fieldId(name)}">${label}</a>: ${problem}</li>`)}
    </ul>
  </div>`;
}

/** Id of the control of a field, or of the list of its choices. */
export function fieldId(name: string): string {
  return `field-${name}`;
}

function attributes(field: FormField): Html {
  const { name, required, problem } = field;
  return html`id="${fieldId(name)}" name="${name}" ${required && html`required`} ${describedBy(field)}
  ${problem !== undefined && html`aria-invalid="true"`}`;
}

function describedBy({ name, ...about }: FormField): Child {
  const parts = (['hint', 'note', 'problem'] as const).filter((part) => about[part] !== undefined);
  const given = parts.map((part) => `${fieldId(name)}-${part}`).join(' ');
  return given !== '' && html`aria-describedby="${given}"`;
}

function mark({ required }: FormField): Child {
  return !required && html` <span class="soft">(optional)</span>`;
}

function hintOf({ name, hint }: FormField): Child {
  return hint !== undefined && html`<p class="hint" id="${fieldId(name)}-hint">${hint}</p>`;
}

function noteOf({ name, note }: FormField): Child {
  return note !== undefined && html`<p class="hint" id="${fieldId(name)}-note">${note}</p>`;
}

function problemOf({ name, problem }: FormField): Child {
  return problem !== undefined && html`<p class="problem" id="${fieldId(name)}-problem">${problem}</p>`;
}
