import type { ResourceId } from '../../../contract/admin/operation.ts';
import { Html } from '../../pages/html.ts';

/** Paths on a grid of 20, drawn as lines. */
const paths: Readonly<Record<ResourceId, string>> = {
  overview: 'M3 17V9m5 8V4m5 13v-6m4 6V7',
  sessions: 'M10 5v5l3 2M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15',
  clients: 'M3 4h14v9H3zM7 16.5h6M10 13v3.5',
  consents: 'M10 2.5 4 5v4.5c0 3.7 2.5 6.5 6 8 3.5-1.5 6-4.3 6-8V5zM7.5 10l2 2 3.5-4',
  keys: 'M13 3.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M10.5 9.5 3.5 16.5M5.5 14.5l2 2M8 12l1.5 1.5',
  people: 'M10 3a3.25 3.25 0 1 0 0 6.5A3.25 3.25 0 0 0 10 3M3.5 17c.5-3.5 3-5.25 6.5-5.25S16 13.5 16.5 17',
  servers: 'M3 3.5h14v5H3zM3 11.5h14v5H3zM6 6h.01M6 14h.01',
  'signing-keys': 'M3 14.5c2-6 4-9.5 5.5-9.5s-1 9 .5 9 2-3 3-3 .5 2.5 5 2.5M3 17.5h14',
  audit: 'M5 2.5h10v15H5zM7.5 6.5h5M7.5 10h5M7.5 13.5h3',
};

/** A sign beside the word; says nothing that the word does not. */
export function icon(id: ResourceId): Html {
  return new Html(
    `<svg viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="${paths[id]}"/></svg>`,
  );
}
