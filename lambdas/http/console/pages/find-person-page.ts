import type { AdminResource } from '../../../contract/admin/operation.ts';
import type { Child } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import { formField } from '../../pages/form-field.ts';
import type { ConsolePage, Frame } from '../look/layout.ts';
import { lineControl } from '../view/controls.ts';
import { pageHead } from './page-head.ts';

/** Asks for the key of one row, where there is no list. */
export function findPersonPage(resource: AdminResource, flash: Child, frame: Frame): ConsolePage {
  const { id, title, about, key = '' } = resource;
  const label = resource.fields.find(({ name }) => name === key)?.label ?? key;
  const hint = 'As in the audit trail and in sessions, where it is a link.';
  return {
    title,
    current: id,
    frame,
    content: html`${flash} ${pageHead({ title, about })}
      <form class="panel form" method="get" action="${frame.links.list(id)}" role="search" aria-label="${title}">
        ${formField({ name: key, label, hint, required: true }, (attributes) => lineControl('', attributes))}
        <div class="submit"><button class="main" type="submit">Show</button></div>
      </form>`,
  };
}
