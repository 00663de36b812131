import { Hono } from 'hono';
import { readForms } from '../rig/html-forms.ts';
import type { Desk } from './desk.ts';
import { InProcessBrowser, locationOf } from './in-process-browser.ts';

/** Every app of the desk behind one address, as CloudFront has them. */
export function wholeHouse(desk: Desk): Hono {
  const owner = (path: string): Hono => {
    if (/^\/account(\/|$)/.test(path)) return desk.account;
    if (/^\/admin(\/|$)/.test(path)) return desk.admin;
    return /^\/(token|revoke|introspect|userinfo|par|device_authorization)$/.test(path) ? desk.token : desk.interaction;
  };
  const house = new Hono();
  house.all('*', (context) => owner(context.req.path).fetch(context.req.raw, context.env as object));
  return house;
}

/** A browser in which the provider's person has signed in for a page of ours. */
export async function signedInBrowser(desk: Desk, to = '/account'): Promise<InProcessBrowser> {
  const browser = new InProcessBrowser(wholeHouse(desk));
  await signInFor(browser, to);
  return browser;
}

/** Signs in for a page of ours. @returns where that ends */
export async function signInFor(browser: InProcessBrowser, to: string): Promise<URL> {
  const start = locationOf(await browser.get(`/sign-in?to=${encodeURIComponent(to)}`));
  return start.host === 'idp.example' ? locationOf(await browser.callback(start)) : start;
}

/** Opens a page and sends its form as it stands, with some fields changed. @param at path of the page and its form */
export async function sendForm(
  browser: InProcessBrowser,
  at: string,
  changes: Readonly<Record<string, string | readonly string[]>> = {},
  headers: Record<string, string> = {},
): Promise<Response> {
  const page = await browser.get(at);
  const text = await page.text();
  const form = readForms(text).find(({ action }) => new URL(action, 'https://gate.example').pathname === at);
  if (!form) throw new Error(`no form for ${at}: ${page.status} ${text.slice(-1500)}`);
  const sent = form.fields.filter(({ type, checked }) => !['checkbox', 'radio'].includes(type) || checked);
  const kept = sent.filter(({ name }) => !(name in changes)).map(({ name, value }): [string, string] => [name, value]);
  const changed = Object.entries(changes).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  );
  return browser.post(at, new URLSearchParams([...kept, ...changed]), headers);
}
