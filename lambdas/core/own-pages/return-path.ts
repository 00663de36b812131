/** Characters; what pages of ours need, with a filter and a cursor. */
const longest = 1000;

/** Keys travel as contract/admin/path-value.ts writes them: no escape, and so no second reading of a path. */
const path = /^\/(?:account|admin)(?:\/(?!\.{1,2}(?:[/?]|$))[A-Za-z0-9._~-]+)*$/;
const query = /^(?:[A-Za-z0-9*._~=&+-]|%[0-9A-Fa-f]{2})*$/;

/**
 * Where a sign-in for our own pages goes on: a path below `/account` or `/admin`, relative to the issuer, with a query
 * or without. Anything else would make the sign-in a redirect to wherever a stranger's link says.
 * @returns undefined if it is not exactly that
 */
export function returnPath(text: string): string | undefined {
  if (text.length > longest) return undefined;
  const at = text.indexOf('?');
  const [before, after] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
  return path.test(before) && query.test(after) && isPlain(after) ? text : undefined;
}

/** Whether an escaped text is UTF-8 without control characters. */
function isPlain(escaped: string): boolean {
  try {
    return !/\p{Cc}/u.test(decodeURIComponent(escaped));
  } catch {
    return false;
  }
}
