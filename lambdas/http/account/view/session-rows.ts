import type { Grant } from '../../../core/grant.ts';
import { isoTime } from '../../../core/admin/iso-time.ts';
import { pathDetailType } from '../../../core/resource/path-narrowing.ts';
import { timeText } from '../../console/view/time-text.ts';
import type { Child, Html } from '../../pages/html.ts';
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
          ${when(session.createdAt, now)}${used(session, now)}${narrowed(session)}
        </span>
        <a class="button small" href="${links.endSession(session.gid)}"
          >End <span class="hidden">the session that began ${timeText(isoTime(session.createdAt))}</span></a
        >
      </li>`;
    })}
  </ul>`;
}

/** What lies outside, the session cannot touch (F-E5). */
function narrowed({ authorizationDetails = [] }: Grant): Child {
  const paths = authorizationDetails.filter(({ type }) => type === pathDetailType).flatMap((detail) => detail['paths']);
  if (paths.length === 0) return undefined;
  return html`, only below
  ${paths.map((path, at) => html`${at > 0 && ' '}<code>${plainText(String(path), 512)}</code>`)}`;
}

function used({ lastUsedAt, rotatedAt, createdAt }: Grant, now: number): Html {
  const last = Math.max(lastUsedAt ?? 0, rotatedAt);
  return last > createdAt ? html`, last used ${when(last, now)}` : html`, not used since`;
}
