import type { ConsentView } from '../../core/authorize/consent-view.ts';
import { pathDetailType } from '../../core/resource/path-narrowing.ts';
import type { Child, Html } from './html.ts';
import { html } from './html.ts';
import { plainText } from './plain-text.ts';

type Detail = ConsentView['authorizationDetails'][number];

/** What the app asks beyond scopes (RFC 9396): limits that we understand, then the rest as it was sent, none of it cut. */
export function detailList(details: readonly Detail[]): Child {
  const limits = details.filter(({ type }) => type === pathDetailType);
  const others = details.filter(({ type }) => type !== pathDetailType);
  return html`${limits.length > 0 && section('Only below these paths', limits.map(limit))}
  ${others.length > 0 && section('Exactly this, in the words of the app', others.map(anyDetail))}`;
}

function section(legend: string, items: readonly Html[]): Html {
  return html`<fieldset>
    <legend>${legend}</legend>
    <ul class="scopes details">
      ${items.map((item) => html`<li>${item}</li>`)}
    </ul>
  </fieldset>`;
}

/** Each path by itself, because a path may hold a comma. */
function limit({ paths, locations }: Detail): Html {
  const listed = (values: unknown): readonly string[] => (Array.isArray(values) ? values.map(shown) : []);
  return html`<div>
    ${listed(paths).map((path) => html`<span class="what"><code>${whole(path)}</code></span>`)}
    ${listed(locations).length > 0 && html`<span class="detail">at ${whole(listed(locations).join(', '))}</span>`}
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
