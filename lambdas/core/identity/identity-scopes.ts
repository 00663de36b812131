/**
 * The scopes of OpenID Connect that Gatehouse serves (OIDC Core §5.4). They say who the person is and open no server:
 * no server may have a scope of these names.
 */
export const identityScopes = ['openid', 'profile', 'email'] as const;

/**
 * The identity scopes among some names, in a fixed order. None without `openid`: OIDC Core §3.1.2.1 makes that one the
 * mark of an OpenID request.
 */
export function identityScopesIn(names: readonly string[]): readonly string[] {
  return names.includes('openid') ? identityScopes.filter((name) => names.includes(name)) : [];
}
