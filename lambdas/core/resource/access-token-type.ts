/**
 * Whether a JWT says of itself that it is an access token (RFC 9068 §4, RFC 8725 §3.11): no other kind (an ID token, a
 * logout token) may pass for one.
 * @param typ from the header. `application/` may be left out, and media types ignore case (RFC 7515 §4.1.9).
 */
export function isAccessTokenType(typ: unknown): boolean {
  return typeof typ === 'string' && /^(application\/)?at\+jwt$/i.test(typ);
}
