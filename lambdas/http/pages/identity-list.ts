import type { ConsentView } from '../../core/authorize/consent-view.ts';
import type { Child } from './html.ts';
import { html } from './html.ts';

const told: Readonly<Record<string, string>> = { profile: 'name', email: 'e-mail address' };

/** What identity scopes tell, in words: `name, e-mail address`. */
export function factsOf(identityScopes: readonly string[]): string {
  const facts = identityScopes.flatMap((name) => told[name] ?? []);
  return facts.length > 0 ? facts.join(', ') : 'that it is you, by an identifier';
}

/** What the app learns of the person (OIDC Core §5.4), in words; nothing if it asked for none of it. */
export function identityList({ identityScopes = [] }: Pick<ConsentView, 'identityScopes'>): Child {
  if (identityScopes.length === 0) return undefined;
  const what = factsOf(identityScopes);
  return html`<fieldset>
    <legend>It will learn</legend>
    <ul class="scopes">
      <li>
        <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="2.2" aria-hidden="true">
          <path d="m4 10.5 4 4 8-9" stroke-linecap="round" stroke-linejoin="round" />
        </svg>
        <div>
          <span class="what">Who you are: ${what}</span>
          <span class="detail"><code>${identityScopes.join(' ')}</code> · required.</span>
        </div>
      </li>
    </ul>
  </fieldset>`;
}
