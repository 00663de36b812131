import type { ConsentView, ShownScope } from '../../core/authorize/consent-view.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';
import { plainText } from './plain-text.ts';

type Server = ConsentView['servers'][number];

/**
 * The scopes of a server: what was allowed before as a plain list, then what is asked now, required ones with a mark,
 * optional ones with a tick that the person may take away.
 */
export function scopeList(server: Server, named: boolean): Html {
  const name = named ? `${plainText(server.name)}: ` : '';
  const { scopes, allowedBefore } = server;
  return html`${allowedBefore.length > 0 && before(allowedBefore, `${name}You already allowed it to`)}
  ${scopes.length > 0 && asked(scopes, `${name}${allowedBefore.length > 0 ? 'Now it asks to' : 'It will be able to'}`)}`;
}

function asked(scopes: readonly ShownScope[], legend: string): Html {
  return html`<fieldset>
    <legend>${legend}</legend>
    <ul class="scopes">
      ${scopes.map((scope) => html`<li>${scope.optional ? optional(scope) : required(scope)}</li>`)}
    </ul>
  </fieldset>`;
}

// The hidden ticks say which of them the person saw here; nothing else that was ever allowed is granted with them.
function before(scopes: readonly ShownScope[], legend: string): Html {
  return html`<fieldset>
    <legend>${legend}</legend>
    <ul class="scopes">
      ${scopes.map(
        (scope) =>
          html`<li>
            ${mark}
            <div>${hidden(scope)}${what(scope)}</div>
          </li>`,
      )}
    </ul>
  </fieldset>`;
}

function hidden(scope: ShownScope): Html {
  return html`<input type="hidden" name="scope" value="${scope.tick}" />`;
}

function optional(scope: ShownScope): Html {
  const id = `scope-${scope.tick.replaceAll(' ', '-')}`;
  return html`<input type="checkbox" name="scope" value="${scope.tick}" id="${id}" checked />
    <label for="${id}">${what(scope, 'optional')}</label>`;
}

const mark = html`<svg viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="2.2" aria-hidden="true">
  <path d="m4 10.5 4 4 8-9" stroke-linecap="round" stroke-linejoin="round" />
</svg>`;

function required(scope: ShownScope): Html {
  return html`${mark}
    <div>${what(scope, 'required')}</div>`;
}

function what(scope: ShownScope, kind?: 'optional' | 'required'): Html {
  // Unticking the narrower one alone would change nothing, so the wider one says what comes with it.
  const includes =
    scope.includes.length > 0 &&
    html` Includes ${scope.includes.map((name, i) => html`${i > 0 && ' '}<code>${name}</code>`)}.`;
  const tools = scope.tools.length > 0 && html` Tools: ${scope.tools.map((tool, i) => html`${i > 0 && ', '}${tool}`)}.`;
  return html`<span class="what">${scope.description}</span>
    <span class="detail"><code>${scope.name}</code>${kind && ` · ${kind}`}.${includes}${tools}</span>`;
}
