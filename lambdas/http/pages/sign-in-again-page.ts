import { html } from './html.ts';
import type { Page } from './layout.ts';

/** Stands for a moment between the consent page and the identity provider. @param url of the sign-in */
export function signInAgainPage(url: string): Page {
  return {
    title: 'Sign in',
    content: html`<h1>Sign in with another account</h1>
      <p>You are signed out here. <a href="${url}">Go on to sign in</a></p>`,
  };
}
