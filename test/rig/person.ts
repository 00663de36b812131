import { randomUUID } from 'node:crypto';
import { CookieJar } from './cookie-jar.ts';
import type { HtmlForm } from './html-forms.ts';
import { readForms } from './html-forms.ts';

/** Where a walk through Gatehouse ended: at a page, or at the redirect that leaves for the client. */
export interface Stop {
  readonly url: URL;
  /** True: `url` is the client's redirect URI and nothing was fetched there. */
  readonly left: boolean;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** What the person does on the consent page; `untick` names optional scopes. */
export type Answer = 'allow' | 'deny' | 'switch' | { readonly untick: readonly string[] };

/** Typed by every person of the tests, so that one search of a log proves that passwords stay out of it. */
export const password = 'password-that-no-log-may-hold';

/** A person with a browser that runs no script: follows redirects by hand, fills in forms, keeps cookies. */
export class Person {
  readonly name: string;
  readonly cookies = new CookieJar();
  /** Every page that was shown, newest last. */
  readonly pages: Stop[] = [];

  /** @param name what is typed at sign-in. @default one that nobody else has, so that no consent is remembered */
  constructor(name = `person-${randomUUID().slice(0, 8)}`) {
    this.name = name;
  }

  /**
   * Opens an authorization URL, signs in where asked, answers the consent page, and returns the redirect URL that
   * leaves for the client.
   * @throws Error with the page's text when a page comes that is neither sign-in nor consent
   */
  async authorize(url: string | URL, answer: Answer = 'allow'): Promise<URL> {
    let stop = await this.open(url);
    for (let pages = 0; !stop.left && pages < 5; pages += 1) {
      stop = isSignIn(stop) ? await this.signIn(stop) : await this.answer(stop, answer);
    }
    if (!stop.left) throw new Error(`five pages and no redirect: ${describe(stop)}`);
    return stop.url;
  }

  /** Opens an authorization URL and signs in where asked; stops at the consent page, an error page or the redirect. */
  async arrive(url: string | URL): Promise<Stop> {
    const stop = await this.open(url);
    return isSignIn(stop) ? await this.signIn(stop) : stop;
  }

  /** Says where the client listens, for requests whose URL does not tell (RFC 9126). */
  awaitedAt(redirectUri: string): this {
    this.#redirectUri = redirectUri;
    return this;
  }

  /** Opens a URL as a typed address. Redirects are followed until a page, or until the client's redirect URI. */
  async open(url: string | URL): Promise<Stop> {
    const target = new URL(url);
    this.#redirectUri = target.searchParams.get('redirect_uri') ?? this.#redirectUri;
    return await this.#request(target, { method: 'GET' });
  }

  /** Types name and password into the only form of the sign-in page. @param name @default the person's own */
  async signIn(page: Stop, name = this.name): Promise<Stop> {
    const form = formOf(page);
    const typed = form.fields.map((field): [string, string] => [
      field.name,
      field.type === 'password' ? password : field.type === 'hidden' ? field.value : name,
    ]);
    return await this.submit(page, form, typed);
  }

  /** Ticks, unticks and presses Allow or Cancel. */
  async answer(page: Stop, answer: Answer): Promise<Stop> {
    const form = formOf(page);
    const untick = typeof answer === 'object' ? answer.untick : [];
    const wanted = answer === 'switch' ? /another account/i : answer === 'deny' ? /cancel|deny/i : /allow/i;
    const button = form.buttons.find(({ label }) => wanted.test(label));
    if (!button) throw new Error(`no button ${wanted} on ${describe(page)}`);
    const ticked = form.fields.filter(
      (field) => field.type !== 'checkbox' || (field.checked && !untick.includes(field.value)),
    );
    const values = ticked.map((field): [string, string] => [field.name, field.value]);
    return await this.submit(page, form, button.name ? [...values, [button.name, button.value]] : values);
  }

  /** Sends a form of a page as the browser would. */
  async submit(page: Stop, form: HtmlForm, values: readonly (readonly [string, string])[]): Promise<Stop> {
    const target = new URL(form.action || page.url, page.url);
    const body = new URLSearchParams(values.map(([name, value]) => [name, value]));
    if (form.method === 'GET') {
      target.search = body.toString();
      return await this.#request(target, { method: 'GET' });
    }
    return await this.#request(target, { method: 'POST', body, headers: { origin: page.url.origin } });
  }

  /**
   * Does what `act` does, but stops before the first request to a path that ends so: where an attacker who can see an
   * address would copy it.
   */
  async stopBefore(path: string, act: () => Promise<Stop>): Promise<Stop> {
    this.#stopPath = path;
    try {
      return await act();
    } finally {
      this.#stopPath = undefined;
    }
  }

  #stopPath: string | undefined;
  #redirectUri: string | undefined;

  async #request(start: URL, init: RequestInit): Promise<Stop> {
    let url = start;
    let request = init;
    for (let hops = 0; hops < 15; hops += 1) {
      if (this.#isClient(url)) return { url, left: true, status: 0, headers: new Headers(), body: '' };
      const headers = { ...(request.headers as Record<string, string>), accept: 'text/html', ...this.#cookie(url) };
      const answer = await fetch(url, { ...request, headers, redirect: 'manual' });
      this.cookies.store(answer, url);
      const refresh = /^0; *url=(?<to>.+)$/.exec(answer.headers.get('refresh') ?? '')?.groups?.['to'];
      const location = answer.status >= 300 && answer.status <= 399 ? answer.headers.get('location') : refresh;
      if (!location) return await this.#show(url, answer);
      url = new URL(location, url);
      request = { method: 'GET' };
    }
    throw new Error(`more than 15 redirects, last to ${url.href}`);
  }

  async #show(url: URL, answer: Response): Promise<Stop> {
    const page = await readPage(url, answer);
    this.pages.push(page);
    return page;
  }

  #cookie(url: URL): Record<string, string> {
    const cookie = this.cookies.header(url);
    return cookie ? { cookie } : {};
  }

  #isClient(url: URL): boolean {
    if (this.#stopPath !== undefined && url.pathname.endsWith(this.#stopPath)) return true;
    if (!this.#redirectUri) return !url.protocol.startsWith('http');
    const client = new URL(this.#redirectUri);
    return url.protocol === client.protocol && url.host === client.host && url.pathname === client.pathname;
  }
}

async function readPage(url: URL, answer: Response): Promise<Stop> {
  return { url, left: false, status: answer.status, headers: answer.headers, body: await answer.text() };
}

/** Whether the page asks for a password. */
export function isSignIn(page: Stop): boolean {
  return readForms(page.body).some((form) => form.fields.some((field) => field.type === 'password'));
}

function formOf(page: Stop): HtmlForm {
  const forms = readForms(page.body).filter((form) => form.buttons.length > 0);
  if (!forms[0] || forms.length > 1) throw new Error(`expected one form, found ${forms.length}: ${describe(page)}`);
  return forms[0];
}

/** One line on a page, for messages of failed tests. */
export function describe(page: Stop): string {
  const text = page.body.replace(/<(style|script)[\s\S]*?<\/\1>/gi, '').replace(/<[^>]*>/g, ' ');
  return `${page.status} ${page.url.href}: ${text.replace(/\s+/g, ' ').trim().slice(0, 600)}`;
}
