import type { ConsentView } from '../../core/authorize/consent-view.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';
import { plainText } from './plain-text.ts';

type Server = ConsentView['servers'][number];
type Scope = Server['scopes'][number];

/** The scopes of a server: required ones with a mark, optional ones with a tick that the person may take away. */
export function scopeList(server: Server, named: boolean): Html {
  const legend = named ? `${plainText(server.name)}: it will be able to` : 'It will be able to';
  return html`<fieldset>
    <legend>${legend}</legend>
    <ul class="scopes">
      ${server.scopes.map((scope) => html`<li>${scope.optional ? optional(scope) : required(scope)}</li>`)}
    </ul>
  </fieldset>`;
}

function optional(scope: Scope): Html {
  const id = `scope-${scope.name}`;
  return html`<input type="checkbox" name="scope" value="${scope.name}" id="${id}" checked />
    <label for="${id}">${what(scope, 'optional')}</label>`;
}

function required(scope: Scope): Html {
  return html`<svg viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="2.2" aria-hidden="true">
      <path d="m4 10.5 4 4 8-9" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
    <div>${what(scope, 'required')}</div>`;
}

function what(scope: Scope, kind: 'optional' | 'required'): Html {
  const tools = scope.tools.length > 0 && html` Tools: ${scope.tools.map((tool, i) => html`${i > 0 && ', '}${tool}`)}.`;
  return html`<span class="what">${scope.description}</span>
    <span class="detail"><code>${scope.name}</code> · ${kind}.${tools}</span>`;
}
