/** Characters. `URL.canParse` says yes to hosts of 64 KB, at which `URL` then throws. */
const longest = 2048;

// RFC 3986 §6.2.2.2: what never needs encoding.
const unreserved = /[A-Za-z0-9\-._~]/;

/**
 * A URL as `htu` is compared (RFC 9449 §4.3): without query and fragment, in the normal form of RFC 3986 §6.2.2 and
 * §6.2.3. Undefined if it is no absolute http or https URL.
 */
export function comparableUrl(text: string): string | undefined {
  if (text.length > longest || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  // URL has lowered scheme and host, dropped the default port and walked the dots.
  const path = url.pathname.replace(/%[0-9a-f]{2}/gi, (encoded) => {
    const plain = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
    return unreserved.test(plain) ? plain : encoded.toUpperCase();
  });
  const user = url.username === '' && url.password === '' ? '' : `${url.username}:${url.password}@`;
  return `${url.protocol}//${user}${url.host}${path}`;
}
