import type { Child, Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import { htmlDocument } from '../../pages/html-document.ts';
import type { Brand } from '../../pages/layout.ts';
import { mark } from '../../pages/layout.ts';
import { plainText } from '../../pages/plain-text.ts';
import type { Links } from '../links.ts';
import { accountStylesheet } from './stylesheet.ts';

export interface AccountPage {
  readonly title: string;
  readonly content: Html;
  readonly links: Links;
  /** Who is signed in. @default nobody */
  readonly person?: { readonly name: string; readonly csrf: string };
  /** Text of a script that adds comfort; everything works without. @default none */
  readonly script?: string;
}

/** A whole document: a bar with the person, and cards. */
export function accountLayout(brand: Brand, page: AccountPage): Html {
  const { links, script } = page;
  const name = plainText(brand.name);
  return htmlDocument({
    title: `${page.title} · ${name}`,
    style: accountStylesheet(brand.accentColor),
    script,
    body: html`<header>
        <a class="brand" href="${links.overview()}">${mark(brand)}<span>${name}</span></a>
        ${personIn(page)}
      </header>
      <main>${page.content}</main>
      <footer>
        ${page.person && html`<p>All times are in UTC.</p>`}
        <p><a href="${links.credentials}">Which credential is for which case</a></p>
        ${support(brand)}
      </footer>`,
  });
}

function personIn({ person, links }: AccountPage): Child {
  if (!person) return undefined;
  return html`<div class="who">
    <bdi>${plainText(person.name, 48)}</bdi>
    <form method="post" action="${links.signOut}">
      <input type="hidden" name="csrf" value="${person.csrf}" />
      <button class="small" type="submit">Sign out</button>
    </form>
  </div>`;
}

function support(brand: Brand): Child {
  if (!brand.supportEmail) return undefined;
  return html`<p>Questions? <a href="mailto:${brand.supportEmail}">${brand.supportEmail}</a></p>`;
}
