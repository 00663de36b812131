import { html } from '../pages/html.ts';
import type { AccountDesk } from './account-desk.ts';
import { sayToAnybody } from './say.ts';
import { showSignedOut } from './sign-out.ts';

/**
 * For a form that came after its session had ended.
 * @param path below `/account/`, to which it was sent
 * @param signIn the redirect to sign-in
 */
export function showSessionOver(path: string, signIn: Response, desk: AccountDesk): Response {
  // Whoever wants to sign out and is signed out has what they want.
  if (path === 'sign-out') return showSignedOut(desk);
  const address = signIn.headers.get('Location') ?? desk.links.overview();
  const content = html`<section class="card">
    <h1>Nothing was changed</h1>
    <p>Your sign-in ended before you sent the form, so it was not looked at.</p>
    <div class="buttons"><a class="button main" href="${address}">Sign in and go back</a></div>
  </section>`;
  return sayToAnybody(desk, 'Nothing was changed', content, 403);
}
