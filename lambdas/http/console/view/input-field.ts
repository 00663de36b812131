import type { InputField } from '../../../contract/admin/operation.ts';
import type { Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import { choiceField, choiceItem, formField } from '../../pages/form-field.ts';
import { plainText } from '../../pages/plain-text.ts';
import { lineControl, linesControl, selectControl } from './controls.ts';
import type { OfferGroup } from './offers.ts';
import { offerTicks } from './offer-ticks.ts';
import { suggestedField } from './suggested-field.ts';

export interface FieldView {
  readonly field: InputField;
  /** What stands in it: several for lists. */
  readonly values: readonly string[];
  /** What is wrong with it. @default nothing */
  readonly problem?: string | undefined;
  /** What is stored now, where that is something else. @default not told */
  readonly stored?: readonly string[] | undefined;
  /** What a deployment offers to tick. @default the values are typed */
  readonly offers?: readonly OfferGroup[] | undefined;
}

/** One value that goes in, with the control that its row in the table needs. */
export function inputField({ field, values, problem, stored, offers }: FieldView): Html {
  const { name, label, required } = field;
  const hint = field.formHint ?? field.hint;
  if (field.hidden) return html`<input type="hidden" name="${name}" value="${values[0] ?? ''}" />`;
  const about = { name, label, hint, required, problem, note: stored && `Stored now: ${listed(stored)}` };
  if (offers) return choiceField(about, offerTicks(name, values, offers));
  if (field.suggests) return suggestedField(about, field.suggests, values);
  if (field.type === 'flag') {
    const checked = ['true', 'on', 'yes'].includes(values[0] ?? '');
    return choiceField(about, choiceItem({ name, type: 'checkbox', value: 'true', checked, text: label }, 0));
  }
  return formField(about, (attributes) => controlOf(field, values, attributes));
}

function controlOf(field: InputField, values: readonly string[], attributes: Html): Html {
  const first = values[0] ?? '';
  if (field.choices) return selectControl(field.choices, first, attributes, field.required ? undefined : 'Default');
  if (field.type === 'texts') return linesControl(values, attributes);
  return lineControl(first, attributes, field.type === 'integer');
}

function listed(stored: readonly string[]): string {
  return stored.length === 0 ? 'nothing' : stored.map((text) => plainText(text, 500)).join(', ');
}
