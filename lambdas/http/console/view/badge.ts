import type { Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';

/** States that are better or worse than others; all other words are neutral. */
const tones: Readonly<Record<string, 'good' | 'bad' | 'warn'>> = {
  active: 'good',
  allowed: 'good',
  signing: 'good',
  published: 'warn',
  refused: 'bad',
  revoked: 'bad',
  expired: 'warn',
};

const words: Readonly<Record<string, string>> = {
  'metadata-document': 'Metadata document',
  dynamic: 'Registered itself',
  'pre-registered': 'Pre-registered',
};

/** What a state is called. */
export function stateWord(state: string): string {
  return words[state] ?? `${state.charAt(0).toUpperCase()}${state.slice(1)}`;
}

/** A state as a word in a coloured pill; the word alone says it. */
export function badge(state: string): Html {
  const tone = Object.hasOwn(tones, state) ? ` ${tones[state]}` : '';
  return html`<span class="${`badge${tone}`}">${stateWord(state)}</span>`;
}
