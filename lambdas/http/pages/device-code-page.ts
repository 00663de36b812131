import type { Child } from './html.ts';
import { html } from './html.ts';
import type { Page } from './layout.ts';
import { plainText } from './plain-text.ts';

export interface CodeEntry {
  readonly csrf: string;
  /** What stands in the field: from the address, or as it was typed. */
  readonly userCode?: string;
  /** `wrong`: no device waits with this code; `wait`: too many wrong codes. */
  readonly problem?: 'wrong' | 'wait';
  /** Seconds until the next attempt; with `wait`. */
  readonly seconds?: number;
}

/** Where a person enters the code that a device shows (RFC 8628 §3.3). Made for a phone: one field, one button. */
export function deviceCodePage(entry: CodeEntry): Page {
  const { csrf, userCode = '', problem } = entry;
  const given = userCode !== '' && problem === undefined;
  return {
    title: 'Connect a device',
    content: html`<h1>Connect a device</h1>
      <p class="soft" id="hint">
        ${given ? 'Compare: your device must show exactly this code.' : 'Enter the code that your device shows.'}
      </p>
      ${trouble(entry)}
      <form method="post" action="device">
        <input type="hidden" name="csrf" value="${csrf}" />
        <label class="code">
          <span>Code</span>
          <input
            name="user_code"
            value="${plainText(userCode, 12)}"
            placeholder="XXXX-XXXX"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck="false"
            maxlength="16"
            required
            aria-describedby="hint${problem && ' problem'}"
            ${problem === 'wrong' && html`aria-invalid="true"`}
          />
        </label>
        <div class="actions"><button class="main" type="submit">Continue</button></div>
      </form>
      <div class="note" role="note">
        <p>
          <strong>Did somebody give you this code?</strong> By message, call or e-mail? Then close this page: whoever
          holds the device would get your access. Go on only with a code from a device or terminal of your own.
        </p>
      </div>`,
    footer: html`<p>Next you sign in and see what the device asks for. Nothing is allowed before that.</p>`,
  };
}

function trouble({ problem, seconds = 0 }: CodeEntry): Child {
  if (problem === undefined) return undefined;
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  const text =
    problem === 'wrong'
      ? 'No device waits with this code. Check it, or start again on the device: a code is good for 10 minutes.'
      : `Too many wrong codes. Wait ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, then try again.`;
  return html`<p class="problem" id="problem" role="alert">${text}</p>`;
}
