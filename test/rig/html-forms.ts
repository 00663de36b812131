/** A form as a browser would send it, for the tests that act as a person without a browser. */
export interface HtmlForm {
  readonly method: 'GET' | 'POST';
  /** As written; resolve it against the page's URL. Empty: the page itself. */
  readonly action: string;
  readonly fields: readonly HtmlField[];
  readonly buttons: readonly HtmlButton[];
}

export interface HtmlField {
  readonly name: string;
  readonly type: string;
  readonly value: string;
  readonly checked: boolean;
}

export interface HtmlButton {
  readonly name: string;
  readonly value: string;
  readonly label: string;
}

/** Reads every form of a page: inputs, hidden values, ticks and submit buttons, with character references decoded. */
export function readForms(html: string): readonly HtmlForm[] {
  const visible = html.replace(/<!--[\s\S]*?-->|<(script|style)\b[\s\S]*?<\/\1>/gi, '');
  return [...visible.matchAll(/<form\b((?:"[^"]*"|'[^']*'|[^>"'])*)>([\s\S]*?)<\/form>/gi)].map(
    ([, attributes = '', content = '']) => {
      const form = readAttributes(attributes);
      return {
        method: form['method']?.toUpperCase() === 'POST' ? 'POST' : 'GET',
        action: form['action'] ?? '',
        fields: readFields(content),
        buttons: readButtons(content),
      };
    },
  );
}

function readFields(content: string): readonly HtmlField[] {
  return tags(content, 'input')
    .map(readAttributes)
    .filter((input) => input['name'] && !('disabled' in input) && input['type'] !== 'submit')
    .map((input) => ({
      name: input['name'] ?? '',
      type: input['type']?.toLowerCase() ?? 'text',
      value: input['value'] ?? (input['type'] === 'checkbox' ? 'on' : ''),
      checked: 'checked' in input,
    }));
}

function readButtons(content: string): readonly HtmlButton[] {
  const elements = [...content.matchAll(/<button\b((?:"[^"]*"|'[^']*'|[^>"'])*)>([\s\S]*?)<\/button>/gi)];
  const buttons = elements.map(([, attributes = '', label = '']) => ({ ...readAttributes(attributes), label }));
  const inputs = tags(content, 'input')
    .map(readAttributes)
    .filter((input) => input['type'] === 'submit')
    .map((input) => ({ ...input, label: input['value'] ?? '' }));
  return [...buttons, ...inputs].map((button: Record<string, string>) => ({
    name: button['name'] ?? '',
    value: button['value'] ?? '',
    label: decode((button['label'] ?? '').replace(/<[^>]*>/g, ' ')).trim(),
  }));
}

function tags(content: string, name: string): readonly string[] {
  const pattern = new RegExp(`<${name}\\b((?:"[^"]*"|'[^']*'|[^>"'])*)>`, 'gi');
  return [...content.matchAll(pattern)].map(([, attributes = '']) => attributes);
}

function readAttributes(source: string): Record<string, string> {
  const pattern = /([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
  return Object.fromEntries(
    [...source.matchAll(pattern)].map(([, name = '', a, b, c]) => [name.toLowerCase(), decode(a ?? b ?? c ?? '')]),
  );
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function decode(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(parseInt(hex, 16));
    if (decimal) return String.fromCodePoint(Number(decimal));
    return named[String(name).toLowerCase()] ?? whole;
  });
}
