interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly host: string;
  readonly path: string;
}

/** Cookies as one browser keeps them: by host and path, not by port (RFC 6265 §8.5). */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>();

  /** Takes every `Set-Cookie` of an answer; one with `Max-Age=0` or a past `Expires` removes. */
  store(answer: Response, url: URL): void {
    for (const line of answer.headers.getSetCookie()) {
      const [pair = '', ...rest] = line.split(';').map((part) => part.trim());
      const attributes = new Map(rest.map((part) => split(part)).map(([key, value]) => [key.toLowerCase(), value]));
      const [name, value] = split(pair);
      const cookie = { name, value, host: url.hostname, path: attributes.get('path') ?? '/' };
      const key = `${cookie.host} ${cookie.path} ${name}`;
      const maxAge = attributes.get('max-age');
      const expires = Date.parse(attributes.get('expires') ?? '');
      const ended = maxAge === undefined ? expires <= Date.now() : Number(maxAge) <= 0;
      if (ended) this.#cookies.delete(key);
      else this.#cookies.set(key, cookie);
    }
  }

  /** The `Cookie` header for a request to `url`; empty when no cookie belongs there. */
  header(url: URL): string {
    return [...this.#cookies.values()]
      .filter((cookie) => cookie.host === url.hostname && covers(cookie.path, url.pathname))
      .map((cookie) => `${cookie.name}=${cookie.value}`)
      .join('; ');
  }
}

function split(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
}

function covers(cookiePath: string, path: string): boolean {
  return path === cookiePath || path.startsWith(cookiePath.endsWith('/') ? cookiePath : `${cookiePath}/`);
}
