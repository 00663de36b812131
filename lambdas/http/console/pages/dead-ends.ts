import type { Child, Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import type { ConsolePage, Frame } from '../look/layout.ts';

/** A page that says why there is nothing to see, and what helps. */
export function deadEnd(title: string, content: Child, frame: Frame): ConsolePage {
  return {
    title,
    frame,
    content: html`<div class="panel message">
      <h1>${title}</h1>
      ${content}
    </div>`,
  };
}

/** For somebody who is signed in and has no rights here. @param to the page that they wanted */
export function noRightsPage(name: string, to: string, frame: Frame): ConsolePage {
  const { links } = frame;
  return deadEnd(
    'You are not an administrator here',
    html`<p>
        You are signed in as <strong><bdi>${name}</bdi></strong
        >, who has no rights in this console.
      </p>
      <h2>How to become one</h2>
      <p>
        Whoever deploys this service lists verified e-mail addresses or groups under <code>administrators</code> in
        <code>bin/gatehouse.ts</code>. Ask them to add yours, then sign in again.
      </p>
      <p class="submit">
        <a class="button main" href="${links.account}">Your own page</a>
        <a class="button" href="${links.signIn(to, true)}">Sign in with another account</a>
      </p>`,
    frame,
  );
}

/** For a form that came after its session had ended. @param to the page with the form */
export function sessionOverPage(to: string, frame: Frame): ConsolePage {
  return deadEnd(
    'Nothing was changed',
    html`<p>Your sign-in ended before you sent the form, so it was not looked at.</p>
      <p class="submit">
        <a class="button main" href="${frame.links.signIn(to)}">Sign in and go back to the form</a>
      </p>`,
    frame,
  );
}

/** Between a page and the sign-in: browsers go on by themselves, and who stays can press the link. */
export function signInPage(address: string, frame: Frame): ConsolePage {
  return deadEnd('Sign in', html`<p>Your sign-in ended. <a href="${address}">Go on to sign-in</a></p>`, frame);
}

/** For an address or a row that is not there. */
export function notFoundPage(message: string, frame: Frame): ConsolePage {
  return deadEnd(
    'Not found',
    html`<p>${message}</p>
      ${home(frame)}`,
    frame,
  );
}

/** For what was refused or went wrong. @param traceId what an operator looks it up by */
export function refusedPage(title: string, message: string, traceId: string, frame: Frame): ConsolePage {
  return deadEnd(
    title,
    html`<p>${message}</p>
      <dl class="facts">
        <div>
          <dt>Trace ID</dt>
          <dd><code>${traceId}</code></dd>
        </div>
      </dl>
      ${home(frame)}`,
    frame,
  );
}

function home({ links }: Frame): Html {
  return html`<p class="submit"><a class="button" href="${links.overview}">Back to the console</a></p>`;
}
