/** HTML in which every value was escaped. Made by the `html` tag only. */
export class Html {
  readonly text: string;

  /** @param text markup that is known to be safe; everything else goes through the `html` tag */
  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

export type Child = Html | string | number | undefined | false | readonly Child[];

/** Tagged template: values are escaped for text and for quoted attributes, `undefined` and `false` vanish. */
export function html(strings: TemplateStringsArray, ...values: readonly Child[]): Html {
  return new Html(strings.reduce((text, piece, index) => text + render(values[index - 1]) + piece));
}

function render(child: Child): string {
  if (child === undefined || child === false) return '';
  if (child instanceof Html) return child.text;
  if (typeof child === 'object') return child.map(render).join('');
  return escape(String(child));
}

const references: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => references[character] ?? character);
}
