import { takeBackHint } from './consent-rows.ts';
import { html } from './html.ts';
import type { Page } from './layout.ts';

/** The end on this side; the device goes on by itself. */
export function deviceDonePage(allowed: boolean): Page {
  const title = allowed ? 'Your device is connected' : 'Nothing was allowed';
  const text = allowed
    ? 'Go back to your device: it goes on by itself within a few seconds. You can close this page.'
    : 'The device was told that you said no. You can close this page.';
  return {
    title,
    content: html`<h1>${title}</h1>
      <p>${text}</p>`,
    ...(allowed && { footer: takeBackHint }),
  };
}
