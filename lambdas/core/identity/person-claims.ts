import type { Grant } from '../grant.ts';

/** Claims that Gatehouse has of a person, in ID tokens and at the userinfo endpoint (OIDC Core §5.1). */
export interface PersonClaims {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
}

/** What a grant tells of its person under these scopes (OIDC Core §5.4). @param scopes those of the token */
export function personClaims(grant: Grant, scopes: readonly string[]): PersonClaims {
  const isAllowed = (name: string) => scopes.includes(name) && (grant.identityScopes ?? []).includes(name);
  const { sub, email, emailVerified, personName } = grant;
  return {
    sub,
    // An address for which nobody vouches is not verified, whatever the provider leaves open.
    ...(isAllowed('email') && email !== undefined && { email, email_verified: emailVerified ?? false }),
    ...(isAllowed('profile') && personName !== undefined && { name: personName }),
  };
}
