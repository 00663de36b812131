import type { Context } from 'hono';
import { consentCsrf } from '../core/authorize/consent-csrf.ts';
import { openDevice } from '../core/device/open-device.ts';
import { parameter } from '../core/parameters.ts';
import type { Desk } from './interaction-app.ts';
import type { CodeEntry } from './pages/device-code-page.ts';
import { deviceCodePage } from './pages/device-code-page.ts';
import { deviceConsentPage } from './pages/device-consent-page.ts';
import { deviceSignInPage } from './pages/device-sign-in-page.ts';
import { readQuery } from './read-params.ts';

/** Seconds that the binding cookie lives: as long as a device code, and a little. */
const cookieLife = 900;

/** What the forms of this page carry against forged ones, in place of a transaction. */
export const codeForm = 'device-code';

/** The page on which a person enters the code, or that of a sign-in that a right code began. */
export async function showDevice(context: Context, desk: Desk): Promise<Response> {
  const query = readQuery(context);
  const signInId = parameter(query, 'transaction');
  if (signInId !== undefined) return showSignIn(context, signInId, desk);
  // RFC 8628 §3.3.1: a code in the address is only filled in; the person compares it and sends it.
  const userCode = parameter(query, 'user_code');
  return showCodeForm(context, desk, userCode === undefined ? {} : { userCode });
}

/** The form, which binds the browser. */
export function showCodeForm(
  context: Context,
  desk: Desk,
  entry: Omit<CodeEntry, 'csrf'>,
  options: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
): Response {
  const browserCookie = desk.cookies.read(context, 'browser') ?? desk.entropy.token(32);
  const page = deviceCodePage({ ...entry, csrf: consentCsrf(browserCookie, codeForm) });
  const answer = desk.send(page, { ...options, formAction: [] });
  answer.headers.append('Set-Cookie', desk.cookies.write('browser', browserCookie, cookieLife));
  return answer;
}

async function showSignIn(context: Context, signInId: string, desk: Desk): Promise<Response> {
  const browserCookie = desk.cookies.read(context, 'browser');
  const opened = await openDevice({ signInId, ...(browserCookie !== undefined && { browserCookie }) }, desk);
  if (opened.kind === 'consent') {
    return desk.send(deviceConsentPage({ ...opened, signInId }), { formAction: [] });
  }
  // Not a redirect: a browser holds the form-action of the page before against every redirect that follows its form,
  // and where the identity provider leads next is not known here.
  return desk.send(deviceSignInPage(opened.url), { headers: { Refresh: `0;url=${opened.url}` } });
}
