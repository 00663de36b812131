import type { Settings } from '../../contract/settings.ts';
import { plainText } from './plain-text.ts';
import { stylesheet } from './stylesheet.ts';
import type { Child } from './html.ts';
import { Html, html } from './html.ts';

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
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${page.title} · ${plainText(brand.name)}</title>
        ${new Html(`<style>${style(brand.accentColor)}</style>`)}
      </head>
      <body>
        <header>${mark(brand)}<span>${plainText(brand.name)}</span></header>
        <main>${page.content}</main>
        <footer>${page.footer} ${support(brand)}</footer>
      </body>
    </html> `;
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
