import type { Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';

/** A text to take along, byte for byte. @param name what it is, for the label of the button */
export function copyBlock(name: string, text: string): Html {
  return html`<div class="copyable"><pre data-copy="${name}">${text}</pre></div>`;
}

/** Structured data to read. What would turn or hide letters is spelled as JSON can. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2) ?? '';
  return text.replace(/[\p{Cf}\p{Co}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}
