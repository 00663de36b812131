import type { Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';

/** A time in UTC, in a form that every reader reads alike. @param iso as answers carry it */
export function timeText(iso: string, precision: 'minute' | 'second' = 'minute'): Html {
  const clock = iso.slice(11, precision === 'minute' ? 16 : 19);
  return html`<time datetime="${iso}"><span>${iso.slice(0, 10)}</span> <span>${clock}</span></time>`;
}

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/**
 * How far away: `3 days ago`, `in 29 days`. What is to come is rounded, so that a fresh key of 90 days has 90 days; what
 * is past counts whole units.
 * @param now epoch seconds
 */
export function distance(iso: string, now: number): string | undefined {
  const seconds = Date.parse(iso) / 1000 - now;
  if (Number.isNaN(seconds)) return undefined;
  const unit = units.find(([, size]) => Math.abs(seconds) >= size);
  if (!unit) return 'now';
  const count = Math.abs(seconds < 0 ? Math.ceil(seconds / unit[1]) : Math.round(seconds / unit[1]));
  const words = `${count} ${unit[0]}${count === 1 ? '' : 's'}`;
  return seconds < 0 ? `${words} ago` : `in ${words}`;
}
