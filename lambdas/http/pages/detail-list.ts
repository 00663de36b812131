import type { ConsentView } from '../../core/authorize/consent-view.ts';
import { pathDetailType } from '../../core/resource/path-narrowing.ts';
import type { Child, Html } from './html.ts';
import { html } from './html.ts';
import { plainText } from './plain-text.ts';

type Detail = ConsentView['authorizationDetails'][number];

/** What the app asks beyond scopes (RFC 9396), type and members as it sent them, none of them cut. */
export function detailList(details: readonly Detail[]): Child {
  if (details.length === 0) return undefined;
  return html`<fieldset>
    <legend>Exactly this, in the words of the app</legend>
    <ul class="scopes details">
      ${details.map((detail) => html`<li>${item(detail)}</li>`)}
    </ul>
  </fieldset>`;
}

function item(detail: Detail): Html {
  return detail.type === pathDetailType ? paths(detail) : anyDetail(detail);
}

/** The one type that we understand: each path by itself, because a path may hold a comma. */
function paths({ paths, locations }: Detail): Html {
  const list = (values: unknown) => (Array.isArray(values) ? values : []).map((value) => row(shown(value)));
  return html`<div>
    <span class="what">Only what lies below</span>
    <dl>
      <dt>paths</dt>
      ${list(paths)}${Array.isArray(locations) && html`<dt>at</dt>`}${list(locations)}
    </dl>
  </div>`;
}

function row(text: string): Html {
  return html`<dd><bdi>${whole(text)}</bdi></dd>`;
}

function anyDetail({ type, ...members }: Detail): Html {
  const rows = Object.entries(members).map(
    ([name, value]) =>
      html`<dt>${whole(name)}</dt>
        ${row(shown(value))}`,
  );
  return html`<div>
    <span class="what"><code>${whole(type)}</code></span>
    ${rows.length > 0 && html`<dl>${rows}</dl>`}
  </div>`;
}

/** Lists of words as people write them, everything else as JSON. */
function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  const isList = Array.isArray(value) && value.every((one) => typeof one === 'string');
  return isList ? value.join(', ') : JSON.stringify(value);
}

function whole(text: string): string {
  return plainText(text, Infinity);
}
