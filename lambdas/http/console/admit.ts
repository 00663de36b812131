import type { Context } from 'hono';
import type { Administrator } from '../../core/admin/administrator.ts';
import { administratorOf } from '../../core/admin/administrator-of.ts';
import { plainText } from '../pages/plain-text.ts';
import type { SignedIn } from '../signed-in.ts';
import { signedIn } from '../signed-in.ts';
import type { ConsoleDesk, Visit } from './console-desk.ts';
import type { Frame } from './look/layout.ts';
import { noRightsPage, sessionOverPage, signInPage } from './pages/dead-ends.ts';

/** An administrator and the session that proves it, or the page or redirect for whoever is not one. */
export async function admit(
  context: Context,
  desk: ConsoleDesk,
): Promise<{ visit: Visit; session: SignedIn } | Response> {
  const { deps, links, send } = desk;
  const session = await signedIn(context, deps);
  if (session instanceof Response) return toSignIn(context, session, desk);
  const { person, csrf, begunAt } = session;
  const name = plainText(person.email ?? person.name ?? person.sub, 120);
  const role = administratorOf(person, deps.settings.administrators);
  const who = role && { ...role, begunAt };
  const frame: Frame = { links, person: { name, csrf } };
  if (who) return { visit: { desk, who, frame: { ...frame, access: who.access } }, session };
  recordRefusal(person.sub, desk);
  return send(noRightsPage(name, pathOf(context), frame), { status: 403, formAction: [] });
}

/** Where a visitor goes whose session is over. @param redirect what http/signed-in.ts says */
function toSignIn(context: Context, redirect: Response, { links, send }: ConsoleDesk): Response {
  const frame: Frame = { links };
  if (context.req.method === 'POST') return send(sessionOverPage(pathOf(context), frame), { status: 403 });
  // A browser holds the form-action of the page before against every redirect that follows its form, and where the
  // identity provider leads is not known here. So what may come of the form of filters goes on by itself.
  const address = redirect.headers.get('Location') ?? links.overview;
  if (!context.req.url.includes('?')) return redirect;
  return send(signInPage(address, frame), { headers: { Refresh: `0;url=${address}` } });
}

/** The page, relative to the issuer. */
function pathOf(context: Context): string {
  return context.req.path;
}

function recordRefusal(sub: Administrator['sub'], { deps }: ConsoleDesk): void {
  deps.audit.record({ type: 'admin.refused', decision: 'refused', sub, reason: 'no_rights' });
}
