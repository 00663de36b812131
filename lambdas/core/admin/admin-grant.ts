import { signedInAt } from '../authorize/signed-in-at.ts';
import type { Grant } from '../grant.ts';
import type { Lifetimes } from '../lifetimes.ts';
import type { Person } from '../person.ts';
import { isForAdministration } from './admin-resource.ts';

interface Known {
  readonly issuer: string;
  readonly lifetimes: Lifetimes;
}

/**
 * What a grant for the admin API has beyond any other, and nothing for others: what the rights of its person hang on, to
 * be judged at each request, and an end that no refresh moves, so that a directory which takes somebody out of a group
 * is heard soon.
 * @param now epoch seconds
 */
export function adminGrantParts(
  request: { readonly resources: readonly string[] },
  person: Person,
  now: number,
  { issuer, lifetimes }: Known,
): Partial<Pick<Grant, 'groups' | 'emailVerified' | 'absoluteExpiresAt'>> {
  if (!isForAdministration(request, issuer)) return {};
  const { groups, emailVerified } = person;
  const seconds = Math.min(lifetimes.browserSession, lifetimes.refreshTokenAbsolute);
  return {
    ...(groups && { groups }),
    ...(emailVerified !== undefined && { emailVerified }),
    absoluteExpiresAt: signedInAt(person, now, lifetimes) + seconds,
  };
}

/**
 * Seconds that a sign-in may be old for this request: half of what a grant for the admin API lives, so that none is born
 * about to end. Undefined: any age will do.
 */
export function mostSignInAge(
  request: { readonly resources: readonly string[] },
  { issuer, lifetimes }: Known,
): number | undefined {
  return isForAdministration(request, issuer) ? Math.floor(lifetimes.browserSession / 2) : undefined;
}

/** Epoch second that no token of this grant may outlive. */
export function tokensEnd(grant: Pick<Grant, 'resources' | 'absoluteExpiresAt'>, issuer: string): number {
  return isForAdministration(grant, issuer) ? grant.absoluteExpiresAt : Infinity;
}
