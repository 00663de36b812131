interface Cookie {
  readonly value: string;
  readonly path: string;
}

/** As much of a browser as a sign-in needs: a cookie jar and redirects that are followed by hand. */
export class Browser {
  readonly #jar = new Map<string, Cookie>();

  async get(url: string): Promise<Response> {
    return this.#send(url, { method: 'GET' });
  }

  async post(url: string, fields: Record<string, string>): Promise<Response> {
    return this.#send(url, { method: 'POST', body: new URLSearchParams(fields) });
  }

  /** Follows redirects until a page, or until one that leaves for `stop`; returns that address. */
  async follow(first: Response, url: string, stop: string): Promise<{ url: string; page?: Response }> {
    let response = first;
    let at = url;
    while (response.headers.has('location')) {
      at = new URL(response.headers.get('location') ?? '', at).href;
      if (at.startsWith(stop)) return { url: at };
      response = await this.get(at);
    }
    return { url: at, page: response };
  }

  forget(): void {
    this.#jar.clear();
  }

  async #send(url: string, init: RequestInit): Promise<Response> {
    const path = new URL(url).pathname;
    const cookies = [...this.#jar].filter(
      ([, cookie]) => path === cookie.path || path.startsWith(cookie.path.replace(/\/?$/, '/')),
    );
    const cookie = cookies.map(([name, { value }]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: cookie ? { cookie } : {} });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    const name = pair.slice(0, pair.indexOf('='));
    const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? '/';
    const value = pair.slice(name.length + 1);
    if (value === '') this.#jar.delete(name);
    else this.#jar.set(name, { value, path });
  }
}
