import { withoutLoopbackPort } from '../authorize/redirect-kind.ts';
import { knownSchemes } from './known-schemes.ts';

// RFC 3986 §2: a browser reads anything else (a backslash, a space) in its own way.
const uriCharacters = /^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+$/;
const answerParameters = ['code', 'state', 'iss', 'error', 'error_description'];
const longest = 2048;

function judgeHttps(uri: string, url: URL): string | undefined {
  if (!uri.startsWith('https://')) return 'must begin with https:// in lower case';
  // The consent page shows the host as it is written (AS-28), a browser goes where `%2e` and decimal addresses lead.
  const isPlain = uri.slice('https://'.length).toLowerCase().startsWith(url.host);
  return isPlain ? undefined : `must name its host as ${url.host}`;
}

function judgeScheme(uri: string, url: URL): string | undefined {
  const scheme = url.protocol.slice(0, -1);
  if (scheme === 'https') return judgeHttps(uri, url);
  if (scheme === 'http') {
    return withoutLoopbackPort(uri) === undefined ? 'is http on a host that is not loopback; use https' : undefined;
  }
  // OAuth 2.1 §2.3.1: a private-use scheme must be a reversed domain name. That leaves javascript:, data:, file: out.
  const isOwn = scheme.includes('.') || knownSchemes.has(scheme);
  return isOwn ? undefined : `has the scheme ${scheme}, which is neither https nor an app's own with a dot`;
}

/**
 * Why a redirect URI cannot be registered; undefined if it can (OAuth 2.1 §2.3.1, AS-32).
 * @returns a sentence without its subject
 */
export function judgeRedirectUri(uri: string): string | undefined {
  if (uri.length > longest) return `is longer than ${longest} characters`;
  if (!uriCharacters.test(uri) || !URL.canParse(uri)) return 'is not an absolute URI';
  // OAuth 2.1 §2.3: no fragment, not even an empty one.
  if (uri.includes('#')) return 'has a fragment';
  const url = new URL(uri);
  if (url.username !== '' || url.password !== '') return 'names a user';
  // Otherwise the client would read these instead of the answer's (AS-45).
  const taken = answerParameters.find((name) => url.searchParams.has(name));
  if (taken !== undefined) return `has the query parameter ${taken}, which belongs to the answer`;
  return judgeScheme(uri, url);
}
