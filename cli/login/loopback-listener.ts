import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { CommandError } from '../errors.ts';
import { landingHeaders, landingPage } from './landing-page.ts';
import { redirectUri } from './redirect-uri.ts';

/** The browser is back and waits for its page. */
export interface Landing {
  /** With the answer of the authorization server in its query. */
  readonly url: URL;
  /** Shows the end in the browser. */
  readonly finish: (worked: boolean) => void;
}

export interface Listener {
  readonly redirectUri: string;
  /** The one landing with our state; anything else is sent away and waited past. */
  readonly landing: Promise<Landing>;
  close(): Promise<void>;
}

/**
 * Listens for one redirect on the loopback interface (RFC 8252 §7.3).
 * @param port 0: any free one
 * @throws CommandError if the port is taken
 */
export async function listen(port: number, state: string): Promise<Listener> {
  const { promise: landing, resolve } = Promise.withResolvers<Landing>();
  let landed = false;
  let base = '';
  const server = createServer((request, response) => {
    const url = landingUrl(request, base);
    if (!url) return show(response, 404, 'Nothing is here', 'This address is for one sign-in only.');
    // A link that somebody else made must neither sign in a stranger nor end our waiting.
    if (landed || url.searchParams.get('state') !== state) {
      return show(response, 400, 'This is not the sign-in', 'Go on where you began, or begin again.');
    }
    landed = true;
    resolve({ url, finish: (worked) => finish(response, worked) });
  });
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    throw taken(port, error);
  }
  const address = server.address();
  base = redirectUri(typeof address === 'object' && address ? address.port : port);
  const close = async () => {
    server.close();
    server.closeIdleConnections();
    await Promise.race([once(server, 'close'), new Promise((done) => setTimeout(done, 500))]);
    server.closeAllConnections();
  };
  return { redirectUri: base, landing, close };
}

/** Undefined for anything but a GET of the redirect URI by its own name: another host name is another site's trick. */
function landingUrl({ method, url, headers }: IncomingMessage, base: string): URL | undefined {
  const expected = new URL(base);
  const asked = URL.parse(url ?? '', base);
  if (method !== 'GET' || headers.host !== expected.host) return undefined;
  return asked?.origin === expected.origin && asked.pathname === expected.pathname ? asked : undefined;
}

function finish(response: ServerResponse, worked: boolean): void {
  if (worked) show(response, 200, 'You are signed in', 'You can close this page and go back to the terminal.');
  else show(response, 400, 'It did not work', 'The terminal says why. You can close this page.');
}

function show(response: ServerResponse, status: number, title: string, text: string): void {
  response.writeHead(status, landingHeaders).end(landingPage(title, text));
}

function taken(port: number, error: unknown): CommandError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return new CommandError(
    code === 'EADDRINUSE'
      ? `Port ${port} is taken, perhaps by another sign-in.`
      : `Port ${port} cannot be used (${code}).`,
    { cure: 'Give --port 0 for any free one.', cause: error },
  );
}
