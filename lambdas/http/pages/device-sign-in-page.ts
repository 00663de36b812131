import { html } from './html.ts';
import type { Page } from './layout.ts';

/** Between the code and the sign-in: browsers go on by themselves, and who stays can press the link. @param url ours */
export function deviceSignInPage(url: string): Page {
  return {
    title: 'Sign in',
    content: html`<h1>Sign in</h1>
      <p>A device waits with this code. Sign in to see what it asks for.</p>
      <p><a href="${url}">Go on to sign-in</a></p>`,
  };
}
