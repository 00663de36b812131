/**
 * Whether a text is a compact JWS in the one spelling that RFC 7515 §2 and §7.1 give it: three parts of base64url
 * without padding or white space. Libraries also take the same bytes spelled in other ways, and then one token has many
 * texts.
 */
export function isCompactJws(text: string): boolean {
  const parts = text.split('.', 4);
  return parts.length === 3 && parts.every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);
}
