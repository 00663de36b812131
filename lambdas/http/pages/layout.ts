import type { Settings } from '../../contract/settings.ts';
import { plainText } from './plain-text.ts';
import { stylesheet } from './stylesheet.ts';
import type { Child, Html } from './html.ts';
import { html } from './html.ts';
import { htmlDocument } from './html-document.ts';

export type Brand = Settings['brand'];

export interface Page {
  readonly title: string;
  readonly content: Html;
  /** Shown small below the card. */
  readonly footer?: Child;
}

/**
 * A whole document: the brand, one card, a footer. No script and nothing from another host but the brand's logo.
 * @param style makes the stylesheet of the brand's colour. @default that of the pages on which people sign in
 */
export function layout(brand: Brand, page: Page, style: (accent: string) => string = stylesheet): Html {
  return htmlDocument({
    title: `${page.title} · ${plainText(brand.name)}`,
    style: style(brand.accentColor),
    body: html`<header>${mark(brand)}<span>${plainText(brand.name)}</span></header>
      <main>${page.content}</main>
      <footer>${page.footer} ${support(brand)}</footer>`,
  });
}

/** The logo of the team, or ours. */
export function mark(brand: Brand): Html {
  if (brand.logoUrl) return html`<img src="${brand.logoUrl}" alt="" />`;
  return html`<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" aria-hidden="true">
    <path d="M4 21V10a8 8 0 0 1 16 0v11M2.5 21h19M12 2v19M8 4v17M16 4v17" />
  </svg>`;
}

function support(brand: Brand): Child {
  if (!brand.supportEmail) return undefined;
  return html`<p>Questions? <a href="mailto:${brand.supportEmail}">${brand.supportEmail}</a></p>`;
}
