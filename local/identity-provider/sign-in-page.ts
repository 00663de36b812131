import { escape, page } from './page.ts';

/**
 * The sign-in page: one text field, one password field, one button; no script.
 * @param action path that the form is sent to
 * @param again what was typed and what was wrong with it
 */
export function signInPage(action: string, again?: { readonly typed: string; readonly problem: string }): string {
  const alert = again ? `<p role="alert" id="problem">${escape(again.problem)}</p>` : '';
  const described = again ? ' aria-describedby="problem"' : '';
  return page(
    'Sign in',
    `<p>This is the local development sign-in. Any name and any password will do; nothing leaves this machine.</p>
<p>The name <strong>admin</strong> is an administrator, <strong>auditor</strong> may look at everything.</p>
${alert}
<form method="post" action="${escape(action)}">
<label for="name">Name</label>
<input id="name" name="name" type="text" value="${escape(again?.typed ?? '')}" maxlength="64" required autofocus autocomplete="username" autocapitalize="none" spellcheck="false"${described}>
<label for="password">Password</label>
<input id="password" name="password" type="password" required autocomplete="current-password">
<button type="submit">Sign in</button>
</form>`,
  );
}
