import type { Grant } from '../../../core/grant.ts';
import type { Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import { plainText } from '../../pages/plain-text.ts';
import type { Links } from '../links.ts';
import { when } from './when.ts';

/**
 * Sessions, each with the way to end it.
 * @param now epoch seconds
 * @param nameOf name of a client. @default not told
 */
export function sessionRows(
  sessions: readonly Grant[],
  links: Links,
  now: number,
  nameOf?: (clientId: string) => string,
): Html {
  return html`<ul class="rows">
    ${sessions.map((session) => {
      const name = nameOf?.(session.clientId);
      return html`<li>
        <span>
          ${name !== undefined && html`<strong><bdi>${plainText(name)}</bdi></strong> `}Began
          ${when(session.createdAt, now)}${used(session, now)}
        </span>
        <a class="button small" href="${links.endSession(session.gid)}">End</a>
      </li>`;
    })}
  </ul>`;
}

function used({ lastUsedAt, rotatedAt, createdAt }: Grant, now: number): Html {
  const last = Math.max(lastUsedAt ?? 0, rotatedAt);
  return last > createdAt ? html`, last used ${when(last, now)}` : html`, not used since`;
}
