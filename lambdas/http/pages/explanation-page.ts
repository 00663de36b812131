import type { ErrorGuide } from '../error-guide.ts';
import { html } from './html.ts';
import type { Page } from './layout.ts';
import { clientCures } from './client-cures.ts';

/** The page behind an `error_uri`. */
export function explanationPage(code: string, guide: ErrorGuide): Page {
  return {
    title: code,
    content: html`<p class="soft small">Error code</p>
      <h1>${code}</h1>
      <p>${guide.meaning}</p>
      <h2>What helps</h2>
      <ul>
        ${guide.cures.map((cure) => html`<li>${cure}</li>`)}
      </ul>
      ${
        code === 'invalid_client' &&
        html`<h2>Make your app forget its registration</h2>
          ${clientCures()}`
      }
      <h2>Where it is defined</h2>
      <p><a href="${guide.source.url}">${guide.source.title}</a></p>`,
    footer: html`<p><a href="../which-credential">Which credential is for which case</a></p>`,
  };
}

/** For a code that does not exist. */
export function unknownCodePage(codes: readonly string[]): Page {
  return {
    title: 'Unknown error code',
    content: html`<h1>This error code does not exist</h1>
      <p>These do:</p>
      <ul>
        ${codes.map(
          (code) =>
            html`<li>
              <a href="${code}"><code>${code}</code></a>
            </li>`,
        )}
      </ul>`,
  };
}
