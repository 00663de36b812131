import type { Child, Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';

export interface PageHead {
  readonly title: Child;
  /** Small, above: what kind of thing it is. */
  readonly kind?: Child;
  /** A sentence below. */
  readonly about?: Child;
  /** Links that look like buttons. */
  readonly actions?: readonly Html[];
}

/** How every page begins. */
export function pageHead({ title, kind, about, actions = [] }: PageHead): Html {
  return html`<div class="head">
    <div>
      ${kind !== undefined && html`<p class="kind">${kind}</p>`}
      <h1>${title}</h1>
      ${about !== undefined && html`<p class="soft">${about}</p>`}
    </div>
    ${actions.length > 0 && html`<div class="actions">${actions}</div>`}
  </div>`;
}

/** @param tone how much it weighs. @default neither the usual thing to do nor a dangerous one */
export function buttonLink(address: string, label: string, tone?: 'main' | 'danger'): Html {
  return html`<a class="${tone === undefined ? 'button' : `button ${tone}`}" href="${address}">${label}</a>`;
}
