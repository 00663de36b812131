import { CommandError, UsageError } from '../errors.ts';

/** Whether a URL stays on this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

/**
 * A URL that was typed.
 * @throws UsageError if it is none, or would be asked in the clear over a network
 */
export function typedUrl(text: string, what: string): URL {
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new UsageError(`${what} must be a URL, such as https://mcp.example.com/mcp.`);
  }
  if (url.protocol === 'http:' && !isLoopback(url)) {
    throw new UsageError(`${what} must begin with https: a token would travel in the clear. http is for localhost.`);
  }
  if (url.username !== '' || url.password !== '' || url.hash !== '') {
    throw new UsageError(`${what} must have no user, password or fragment.`);
  }
  return url;
}

/**
 * A URL that a server told. What is no web address could start another program, and in the clear it could be read; what
 * listens on this machine trusts whoever is on it, and no server elsewhere may send us there (RFC 9728 §7.7).
 * @param teller where the server stands
 * @throws CommandError
 */
export function toldUrl(text: unknown, what: string, teller: URL): URL {
  const url = typeof text === 'string' ? URL.parse(text) : null;
  const isNear = url !== null && isLoopback(url);
  if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && isNear)) {
    throw new CommandError(`The server names something as ${what} that is no https URL.`);
  }
  if (isNear && !isLoopback(teller)) {
    throw new CommandError(`${teller.host} names something on this machine as ${what}.`);
  }
  return url;
}
