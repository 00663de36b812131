import { choiceField, choiceItem } from '../../pages/form-field.ts';
import type { FormField } from '../../pages/form-field.ts';
import type { Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import { lineControl } from './controls.ts';

const words: Readonly<Record<string, string>> = {
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
  '1y': 'A year',
  never: 'Never',
};

/** Usual values to choose, and a line for any other. Both have the field's name; what is typed counts. */
export function suggestedField(about: FormField, suggests: readonly string[], values: readonly string[]): Html {
  const { name } = about;
  const own = values.find((value) => !suggests.includes(value)) ?? '';
  const choices = suggests.map((value, at) => {
    const checked = own === '' && values.includes(value);
    return choiceItem({ name, type: 'radio', value, checked, text: words[value] ?? value }, at);
  });
  const id = `field-${name}-other`;
  const attributes = html`id="${id}" name="${name}"`;
  const other = html`<li class="other">
    <label for="${id}">Or until a time, such as 2027-01-31T12:00:00Z</label>${lineControl(own, attributes)}
  </li>`;
  return choiceField(about, html`${choices}${other}`);
}
