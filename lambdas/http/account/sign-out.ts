import { signOut as endBrowserSession } from '../../core/account/sign-out.ts';
import { html } from '../pages/html.ts';
import { leave } from '../proceed.ts';
import type { AccountDesk, Answer } from './account-desk.ts';
import { say, sayToAnybody } from './say.ts';
import { questionPage } from './view/question-page.ts';

/** For those who come by a link, or back. */
export const askSignOut: Answer = async (visit) => {
  const { links } = visit.desk;
  const content = questionPage({
    title: 'Sign out?',
    warnings: ['You are signed out in this browser. Your apps stay connected.'],
    action: links.signOut,
    csrf: visit.who.csrf,
    yes: 'Sign out',
    back: links.overview(),
  });
  return say(visit, 'Sign out?', content);
};

/** Ends the session of this browser. */
export const signOut: Answer = async ({ desk, who }) => {
  await endBrowserSession(who.person.sub, who.sessionCookie, desk.deps);
  return leaveSignedOut(desk);
};

/** Away from here, without the cookie of the session that ended. */
export function leaveSignedOut({ links, deps, cookies }: AccountDesk): Response {
  const answer = leave(links.signedOut, deps);
  answer.headers.append('Set-Cookie', cookies.write('session', '', 0));
  return answer;
}

/** Where both end; for everybody. */
export function showSignedOut(desk: AccountDesk): Response {
  const { links } = desk;
  const content = html`<section class="card">
    <h1>You are signed out</h1>
    <p>You can close this page. On a computer that is not yours, sign out of your identity provider as well.</p>
    <div class="buttons"><a class="button" href="${links.switchAccount}">Sign in again</a></div>
  </section>`;
  return sayToAnybody(desk, 'Signed out', content);
}
