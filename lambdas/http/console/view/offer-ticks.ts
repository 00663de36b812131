import { choiceItem } from '../../pages/form-field.ts';
import type { Child, Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import { plainText } from '../../pages/plain-text.ts';
import type { OfferGroup } from './offers.ts';

/** Offers to tick. What is set already and no longer offered stays, to be seen and unticked. */
export function offerTicks(name: string, values: readonly string[], groups: readonly OfferGroup[]): Child {
  const offered = new Set(groups.flatMap(({ offers }) => offers.map(({ value }) => value)));
  const others = values.filter((value) => !offered.has(value)).map((value) => ({ value, label: value }));
  const all = others.length > 0 ? [...groups, { title: 'Set, and not offered here', offers: others }] : groups;
  let count = 0;
  return all.map((group) => {
    const first = count;
    count += group.offers.length;
    return groupOf(group, ticksOf(name, values, group, first), values);
  });
}

function ticksOf(name: string, values: readonly string[], { offers }: OfferGroup, first: number): readonly Html[] {
  return offers.map(({ value, label, description }, at) => {
    const detail = description === undefined ? undefined : plainText(description, 200);
    const checked = values.includes(value);
    return choiceItem({ name, type: 'checkbox', value, checked, text: plainText(label, 120), detail }, first + at);
  });
}

function groupOf({ title, offers, isFolded }: OfferGroup, ticks: readonly Html[], values: readonly string[]): Html {
  if (title === undefined) return html`${ticks}`;
  if (!isFolded)
    return html`<li class="group">${title}</li>
      ${ticks}`;
  const open = offers.some(({ value }) => values.includes(value)) && html`open`;
  return html`<li class="fold">
    <details ${open}>
      <summary>${title} <span class="soft">(${offers.length})</span></summary>
      <ul>
        ${ticks}
      </ul>
    </details>
  </li>`;
}
