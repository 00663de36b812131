import type { AdminOperation, AdminResource } from '../../../contract/admin/operation.ts';
import type { Child, Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import type { Row, RowPage } from '../console-desk.ts';
import type { ConsolePage, Frame } from '../look/layout.ts';
import { copyScript } from '../look/copy-script.ts';
import { changesOf } from '../table-of-operations.ts';
import { capital } from '../view/capital.ts';
import { facts } from '../view/facts.ts';
import { isOffered } from '../view/offered.ts';
import { rowName } from '../view/row-name.ts';
import { rows } from '../view/rows.ts';
import { specialSections } from '../view/special-sections.ts';
import { struckThrough } from '../view/struck-through.ts';
import { buttonLink, pageHead } from './page-head.ts';

/** A list of what belongs to the row. */
export interface Related {
  readonly resource: AdminResource;
  readonly page: RowPage;
  /** Address of the whole list. */
  readonly address: string;
}

export interface RowDetails {
  readonly resource: AdminResource;
  readonly row: Row;
  readonly key: string;
  readonly related: readonly Related[];
  /** Epoch seconds. */
  readonly now: number;
  readonly flash: Child;
}

/** Everything about one row, what can be done with it, and what belongs to it. */
export function detailsPage({ resource, row, key, related, now, flash }: RowDetails, frame: Frame): ConsolePage {
  const { links } = frame;
  const name = rowName(resource, row);
  const special = specialSections(resource, row);
  return {
    title: `${name} · ${resource.title}`,
    current: resource.id,
    frame,
    script: special === undefined ? undefined : copyScript,
    content: html`${flash}
      <p class="crumb"><a href="${links.list(resource.id)}">${resource.title}</a></p>
      ${pageHead({ title: struckThrough(html`<bdi>${name}</bdi>`, row), kind: capital(resource.one), actions: actions(resource, row, key, frame) })}
      <div class="panel">${facts({ resource, row, links, now })}</div>
      ${special} ${related.map((one) => section(one, frame))}`,
  };
}

function actions(resource: AdminResource, row: Row, key: string, { access, links }: Frame): readonly Html[] {
  if (access !== 'write') return [];
  return changesOf(resource.id)
    .filter((operation) => isOffered(operation, row))
    .map((operation) =>
      buttonLink(links.form(operation, key), labelOf(operation), isGrave(operation) ? 'danger' : undefined),
    );
}

function labelOf({ action, summary }: AdminOperation): string {
  return action ?? summary;
}

/** What cannot be taken back looks like it. */
export function isGrave({ warning, answers }: AdminOperation): boolean {
  return warning !== undefined && answers === 'done';
}

function section({ resource, page, address }: Related, { links, access }: Frame): Html {
  const id = `related-${resource.id}`;
  const table = { resource, items: page.items, style: { links, short: true }, withActions: access === 'write' };
  return html`<section aria-labelledby="${id}">
    <div class="subhead">
      <h2 id="${id}">${resource.title}</h2>
      ${page.next !== undefined && html`<a href="${address}">All<span class="hidden"> ${resource.title}</span></a>`}
    </div>
    ${
      page.items.length === 0
        ? html`<div class="panel empty"><p>None.</p></div>`
        : html`<div class="panel flush">${rows(table)}</div>`
    }
  </section>`;
}
