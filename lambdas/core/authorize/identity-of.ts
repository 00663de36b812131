import type { Grant } from '../grant.ts';
import type { Allowed } from './issue-code.ts';

/** What ID tokens and the userinfo endpoint will say; nothing unless the client asked for it (OIDC Core §2). */
export function identityOf({ request, person }: Pick<Allowed, 'request' | 'person'>): Partial<Grant> {
  const { identityScopes, nonce } = request;
  if (!identityScopes) return {};
  const { emailVerified, acr, amr } = person;
  return {
    identityScopes,
    ...(nonce !== undefined && { nonce }),
    ...(emailVerified !== undefined && { emailVerified }),
    ...(acr !== undefined && { acr }),
    ...(amr !== undefined && { amr }),
  };
}
