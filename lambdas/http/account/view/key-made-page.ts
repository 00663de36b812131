import type { CreatedKey } from '../../../core/api-keys/create-api-key.ts';
import type { ProtectedServer } from '../../../core/protected-server.ts';
import type { Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import { plainText } from '../../pages/plain-text.ts';
import type { Links } from '../links.ts';

/** The only page that ever shows the key. */
export function keyMadePage({ key, secret }: CreatedKey, servers: readonly ProtectedServer[], links: Links): Html {
  const opened = servers.filter(({ id }) => key.servers.includes(id));
  return html`<section class="card">
    <h1>Your new API key <bdi>${plainText(key.name)}</bdi></h1>
    <div class="secret">
      <label for="secret">API key</label>
      <p class="hint" id="secret-hint">
        Copy it now and keep it where secrets belong. Here it is stored as a digest only and never shown again.
      </p>
      <div class="copyable">
        <input
          id="secret"
          type="text"
          readonly
          value="${secret}"
          data-copy="the API key"
          aria-describedby="secret-hint"
          autocomplete="off"
          spellcheck="false"
        />
      </div>
    </div>
    <h2>How a program uses it</h2>
    <p>It sends the key with each request, in one of these headers:</p>
    <ul>
      <li><code>Authorization: Bearer gh_…</code></li>
      <li><code>X-API-Key: gh_…</code></li>
    </ul>
    <p>to ${opened.map((server, at) => html`${at > 0 && ', '}<code>${server.resource}</code>`)}</p>
    <div class="buttons"><a class="button main" href="${links.overview()}">I have copied it</a></div>
  </section>`;
}
