const longest = 500;

/** What no log line may hold even if a library puts it into a message. */
const secrets: readonly RegExp[] = [
  // Compact JWS: access tokens, id_tokens, client assertions
  /\beyJ[\w-]*\.[\w-]*(?:\.[\w-]*)?/g,
  // Our codes, refresh tokens, device codes, registration tokens and client secrets
  /\bg[acdrs]_[\w.-]+/g,
  // API keys, those with a typo or cut off too
  /\bgh_(?:dev|prod)_\w+/g,
  /\b(?:Bearer|Basic|DPoP)\s+[\w.~+/=-]+/gi,
  // Form, query and JSON spellings of parameters that carry a secret
  /\b(?:code|state|nonce|code_verifier|\w*token|\w*secret|(?:x-)?api[-_]?key|\w*assertion|password|cookie|csrf)["']?\s*[=:]\s*["']?[^\s&"',;}]+/gi,
];

/** Text without anything that looks like a secret, cut at 500 characters. */
export function scrub(text: string): string {
  return secrets.reduce((rest, secret) => rest.replace(secret, '[redacted]'), text.slice(0, longest));
}
