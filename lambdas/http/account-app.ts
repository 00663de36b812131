import type { Context, Hono } from 'hono';
import type { AccountDeps, AccountDesk } from './account/account-desk.ts';
import { linksOf } from './account/links.ts';
import { accountLayout } from './account/look/layout.ts';
import { accountStylesheet } from './account/look/stylesheet.ts';
import { findPage } from './account/pages.ts';
import { refusePage } from './account/refuse-page.ts';
import { showSessionOver } from './account/session-over.ts';
import { showSignedOut } from './account/sign-out.ts';
import { bindRoutes } from './bind-routes.ts';
import { browserCookies } from './browser-cookies.ts';
import { limitAddress } from './limit-address.ts';
import { senderOf } from './page-response.ts';
import type { RateLimited } from './rate-limiting.ts';
import { readForm, readQuery } from './read-params.ts';
import { RefusedRequest } from './refused-request.ts';
import { requireSameOrigin } from './same-origin.ts';
import { requireCsrf, signedIn } from './signed-in.ts';

export interface AccountAppDeps extends AccountDeps, RateLimited {}

/** A person's own page: what they have connected, and their API keys (F-C5). */
export function accountApp(deps: AccountAppDeps): Hono {
  const { issuer, settings } = deps;
  const look = { stylesheet: accountStylesheet, layout: accountLayout };
  const send = senderOf(settings.brand, issuer, look);
  const desk: AccountDesk = { deps, send, links: linksOf(issuer), cookies: browserCookies(issuer) };
  const open = (context: Context) => openPage(context, desk);
  return bindRoutes(
    'account',
    { 'GET /account': open, 'GET /account/{page+}': open, 'POST /account/{page+}': open },
    {
      ...deps,
      answerError: (error, context) => refusePage(error, context, desk),
      before: (context) => limitAddress(context, 'signIn', deps),
    },
  );
}

async function openPage(context: Context, desk: AccountDesk): Promise<Response> {
  const { deps } = desk;
  const path = context.req.param('page') ?? '';
  if (path === 'signed-out') return showSignedOut(desk);
  const page = findPage(context.req.method, path);
  if (!page) throw new RefusedRequest('not_found', 'nothing is served here');
  const isForm = context.req.method === 'POST';
  if (isForm) requireSameOrigin(context, deps.issuer);
  const form = isForm ? await readForm(context) : new URLSearchParams();
  const who = await signedIn(context, deps);
  // Not the redirect: browsers hold the form-action of the page before against where it leads in the end.
  if (who instanceof Response) return isForm ? showSessionOver(path, who, desk) : who;
  if (isForm) requireCsrf(form, who);
  return page.answer({ desk, who, key: page.key, query: readQuery(context), form });
}
