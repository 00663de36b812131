import type { AdminOperation, AdminResource } from '../../../contract/admin/operation.ts';
import { html } from '../../pages/html.ts';
import type { Row } from '../console-desk.ts';
import { copyScript } from '../look/copy-script.ts';
import type { ConsolePage, Frame } from '../look/layout.ts';
import { facts } from '../view/facts.ts';
import { inText } from '../view/capital.ts';
import { rowKey, rowName } from '../view/row-name.ts';
import { isAbsent, textOf } from '../view/value.ts';
import { buttonLink, pageHead } from './page-head.ts';

export interface Created {
  readonly resource: AdminResource;
  readonly operation: AdminOperation;
  readonly row: Row;
  /** Epoch seconds. */
  readonly now: number;
}

/** The only page that ever shows the secret. */
export function createdPage({ resource, operation, row, now }: Created, frame: Frame): ConsolePage {
  const { links } = frame;
  const secret = row[operation.secretField ?? ''];
  const key = rowKey(resource, row);
  const title = operation.verb === 'create' ? `Your new ${resource.one}` : `New secret of ${rowName(resource, row)}`;
  return {
    title,
    current: resource.id,
    frame,
    script: copyScript,
    content: html`${pageHead({ title: html`<bdi>${title}</bdi>` })}
      ${
        secret !== undefined &&
        html`<section class="panel secret" aria-labelledby="secret-label">
          <label id="secret-label" for="secret"
            >${operation.verb === 'create' && resource.id === 'keys' ? 'API key' : 'Secret'}</label
          >
          <p class="hint" id="secret-hint">
            Copy it now and keep it where secrets belong: it is never shown
            again.${isKept(row) && ' Its readers find it in Secrets Manager, too.'}
          </p>
          <div class="copyable">
            <input
              id="secret"
              type="text"
              readonly
              autofocus
              value="${textOf(secret)}"
              data-copy="the secret"
              aria-describedby="secret-hint"
              autocomplete="off"
              spellcheck="false"
            />
          </div>
        </section>`
      }
      ${resource.id === 'keys' && howToSend}
      <div class="panel">${facts({ resource, row, links, now })}</div>
      <div class="submit">
        ${key !== undefined && buttonLink(links.row(resource.id, key), `Done`, 'main')}
        ${buttonLink(links.list(resource.id), `All ${inText(resource.title)}`)}
      </div>`,
  };
}

const howToSend = html`<p class="soft">
  A program sends the key with each request to the MCP URL, as <code>Authorization: Bearer gh_…</code> or
  <code>X-API-Key: gh_…</code>.
</p>`;

/** Whether a copy lies where other programs can read it. */
function isKept(row: Row): boolean {
  return !isAbsent(row['secretArn']) && !isAbsent(row['secretReaders']);
}
