import type { Html } from '../pages/html.ts';
import { html } from '../pages/html.ts';
import type { Page } from '../pages/layout.ts';
import { plainText } from '../pages/plain-text.ts';
import type { CredentialCase } from './credential-case.ts';

/** An MCP server and what it takes, in words. */
export interface ListedServer {
  readonly name: string;
  readonly url: string;
  readonly takes: string;
}

/** Which credential for which case (F-B8). */
export function guidePage(cases: readonly CredentialCase[], servers: readonly ListedServer[], issuer: string): Page {
  return {
    title: 'Which credential?',
    content: html`<h1>Which credential?</h1>
      <p>It depends on who calls. Find yourself here, and copy what stands there.</p>
      <nav aria-label="Cases">
        <ul>
          ${cases.map(({ id, who, credential }) => html`<li><a href="#${id}">${who}</a>: ${credential}</li>`)}
        </ul>
      </nav>
      <section>
        <h2>What can be called here</h2>
        <dl>
          ${servers.map(
            ({ name, url, takes }) =>
              html`<dt>${plainText(name)}</dt>
                <dd>
                  <code>${url}</code>
                  <p class="soft small">Takes ${takes}.</p>
                </dd>`,
          )}
        </dl>
      </section>
      ${cases.map(section)}
      <section id="command-line">
        <h2>About npx gatehouse</h2>
        <p>
          It runs in a checkout of Gatehouse, after <code>npm ci</code>. Anywhere else npx would fetch whatever package
          has that name. Administrators begin with:
        </p>
        ${block(`npx gatehouse admin login --url ${issuer}`)}
      </section>`,
    footer: html`<p><a href="${issuer}/account">Your account</a></p>`,
  };
}

function section({ id, who, credential, how, blocks }: CredentialCase): Html {
  return html`<section id="${id}">
    <h2>${who}</h2>
    <p class="soft">${credential}</p>
    ${how.map((paragraph) => html`<p>${paragraph}</p>`)} ${blocks.map(block)}
  </section>`;
}

function block(text: string): Html {
  return html`<pre><code>${text}</code></pre>`;
}
