import type { TrustedIssuer } from '../trusted-issuer.ts';

/** X-EMA1, ID-JAG §7.2: said only where an issuer is trusted. */
export function idJagMetadata(trustedIssuers: readonly TrustedIssuer[]): Record<string, unknown> {
  if (trustedIssuers.length === 0) return {};
  return { authorization_grant_profiles_supported: ['urn:ietf:params:oauth:grant-profile:id-jag'] };
}
