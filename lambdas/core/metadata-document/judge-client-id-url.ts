// RFC 3986 §2. A URL parser repairs anything else in its own way, and then two readers see two URLs.
const uriCharacters = /^[A-Za-z0-9\-._~:/?[\]@!$&'()*+,;=%]+$/;
// What a URL parser takes for `.` or `..`.
const dotSegment = /^(?:\.|%2e){1,2}$/i;
/** Consents are kept by client id and resource in one sort key of at most 1024 bytes. */
const longest = 512;

/** Whether a client id is meant as the URL of a metadata document; ids that are given out here never are (AS-30). */
export function looksLikeUrl(clientId: string): boolean {
  return /^https?:\/\//i.test(clientId);
}

/**
 * Why a client id cannot be the URL of a metadata document; undefined if it can (CIMD §3, AS-21). The text as it was
 * sent is judged, before any parser removes what is wrong with it. A query and a port are allowed.
 * @returns a sentence without its subject
 */
export function judgeClientIdUrl(clientId: string): string | undefined {
  if (!clientId.startsWith('https://')) return 'must begin with https:// in lower case';
  if (clientId.length > longest) return `is longer than ${longest} characters`;
  if (clientId.includes('#')) return 'has a fragment';
  if (!uriCharacters.test(clientId) || !URL.canParse(clientId)) return 'is not an absolute URL';
  const [, authority = '', path = ''] = /^https:\/\/([^/?]*)([^?]*)/.exec(clientId) ?? [];
  if (authority === '') return 'names no host';
  if (authority.includes('@')) return 'names a user';
  if (path === '' || path === '/') return 'has no path';
  if (path.split('/').some((segment) => dotSegment.test(segment))) return 'has a path segment of dots';
  return undefined;
}
