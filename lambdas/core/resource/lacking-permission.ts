/**
 * What an API key cannot do, in a sentence that is safe inside a header and inside JSON.
 * @param missing permissions, from `missingForCall`; the name of a tool in it may be anything that a client sent
 */
export function lackingPermission(missing: readonly string[]): string {
  // RFC 6749 §3.3 without the apostrophe: what scopes may be called, and all that may be repeated here.
  const names = missing.filter((name) => /^[\x21\x23-\x26\x28-\x5b\x5d-\x7e]{1,128}$/.test(name));
  const [one, ...more] = names;
  if (one === undefined) return 'This API key lacks a permission for this tool.';
  return more.length === 0
    ? `This API key lacks the permission ${one}.`
    : `This API key lacks the permissions ${names.join(', ')}.`;
}
