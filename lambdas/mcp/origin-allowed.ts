const loopback = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;

/**
 * Whether a browser page of that origin may call an MCP server (MS-08: DNS rebinding, and pages that a person merely
 * visits). Programs send no Origin and pass.
 * @param origin value of the header
 * @param own origin of the server itself, from its configured URL and never from `Host`
 * @param allowed origins; `loopback` stands for every loopback origin
 */
export function originAllowed(origin: string | null, own: string, allowed: readonly string[]): boolean {
  if (origin === null || origin === own) return true;
  return allowed.includes(origin) || (allowed.includes('loopback') && loopback.test(origin));
}
