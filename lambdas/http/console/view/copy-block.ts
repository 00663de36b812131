import type { Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';

/** A text to take along, byte for byte. @param name what it is, for the label of the button */
export function copyBlock(name: string, text: string): Html {
  return html`<div class="copyable"><pre data-copy="${name}">${text}</pre></div>`;
}

/** Structured data to read. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, undefined, 2) ?? '';
}
