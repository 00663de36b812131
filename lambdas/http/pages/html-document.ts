import { Html, html } from './html.ts';

export interface HtmlDocument {
  readonly title: string;
  /** Text of the stylesheet: ours, never of strangers. */
  readonly style: string;
  readonly body: Html;
  /** Text of a script that adds comfort, likewise ours. @default none */
  readonly script?: string | undefined;
}

/** What stands around every page of ours; nothing of it comes from elsewhere. */
export function htmlDocument({ title, style, body, script }: HtmlDocument): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        ${new Html(`<style>${style}</style>`)}
      </head>
      <body>
        ${body} ${script !== undefined && new Html(`<script>${script}</script>`)}
      </body>
    </html> `;
}
