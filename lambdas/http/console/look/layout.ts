import type { ResourceId } from '../../../contract/admin/operation.ts';
import type { Child, Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import { htmlDocument } from '../../pages/html-document.ts';
import type { Brand } from '../../pages/layout.ts';
import { mark } from '../../pages/layout.ts';
import { plainText } from '../../pages/plain-text.ts';
import type { Links } from '../links.ts';
import { resources } from '../table-of-operations.ts';
import { icon } from './icons.ts';
import { stylesheet } from './stylesheet.ts';

/** What stands around a page. */
export interface Frame {
  readonly links: Links;
  /** Who is signed in. @default nobody, and so no way to sign out */
  readonly person?: { readonly name: string; readonly csrf: string };
  /** What they may do. @default nothing, and so no menu */
  readonly access?: 'read' | 'write';
}

export interface ConsolePage {
  readonly title: string;
  readonly content: Html;
  readonly frame: Frame;
  /** Which entry of the menu it belongs to. @default none */
  readonly current?: ResourceId;
  /** Text of a script that adds comfort; everything works without. @default none */
  readonly script?: string | undefined;
}

/** A whole document: bar on top, menu aside, wide content. */
export function consoleLayout(brand: Brand, page: ConsolePage): Html {
  const { frame, script } = page;
  const name = plainText(brand.name);
  return htmlDocument({
    title: `${page.title} · ${name}`,
    style: stylesheet(brand.accentColor),
    script,
    body: html`<a class="skip" href="#main">Skip to content</a>
      <header class="top">
        <a class="brand" href="${frame.links.overview}">${mark(brand)}<span>${name}</span><small>Console</small></a>
        ${personIn(frame)}
      </header>
      <div class="${frame.access ? 'frame' : 'frame alone'}">
        ${frame.access && menu(frame.links, page.current)}
        <main id="main" tabindex="-1">${page.content}</main>
      </div>
      <footer>
        ${frame.access && html`<p>All times are in UTC.</p>`}
        <p><a href="${frame.links.credentials}">Which credential is for which case</a></p>
      </footer>`,
  });
}

function menu(links: Links, current: ResourceId | undefined): Html {
  return html`<nav aria-label="Console">
    <ul>
      ${resources.map(({ id, title }) => {
        const address = id === 'overview' ? links.overview : links.list(id);
        const isCurrent = id === current && html` aria-current="page"`;
        return html`<li>
          <a href="${address}" ${isCurrent}>${icon(id)}<span>${title}</span></a>
        </li>`;
      })}
    </ul>
  </nav>`;
}

function personIn({ links, person, access }: Frame): Child {
  if (!person) return undefined;
  return html`<div class="who">
    ${access === 'read' && html`<span class="badge">Read-only</span>`}
    <a href="${links.account}" title="Your own page"><bdi>${plainText(person.name, 48)}</bdi></a>
    <form method="post" action="${links.signOut}">
      <input type="hidden" name="csrf" value="${person.csrf}" />
      <button class="small" type="submit">Sign out</button>
    </form>
  </div>`;
}
