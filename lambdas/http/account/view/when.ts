import { isoTime } from '../../../core/admin/iso-time.ts';
import { distance, timeText } from '../../console/view/time-text.ts';
import type { Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';

/** A time, and how far away it is. @param epochSeconds @param now epoch seconds */
export function when(epochSeconds: number, now: number): Html {
  return whenIso(isoTime(epochSeconds), now);
}

/** The same of a time as answers carry it. */
export function whenIso(iso: string, now: number): Html {
  const far = distance(iso, now);
  return html`${timeText(iso)}${far !== undefined && html` <span class="soft">(${far})</span>`}`;
}
