import type { Child, Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';

export interface Question {
  /** Heading, with its question mark. */
  readonly title: Child;
  /** What will happen. */
  readonly warnings: readonly Child[];
  /** Where yes is posted. */
  readonly action: string;
  readonly csrf: string;
  /** Label of yes. */
  readonly yes: string;
  /** Where no leads. */
  readonly back: string;
}

/** Says what will happen, and asks. */
export function questionPage({ title, warnings, action, csrf, yes, back }: Question): Html {
  return html`<section class="card">
    <h1>${title}</h1>
    <ul>
      ${warnings.map((warning) => html`<li>${warning}</li>`)}
    </ul>
    <form method="post" action="${action}">
      <input type="hidden" name="csrf" value="${csrf}" />
      <div class="buttons">
        <button class="danger" type="submit">${yes}</button>
        <a class="button" href="${back}">No, go back</a>
      </div>
    </form>
  </section>`;
}
