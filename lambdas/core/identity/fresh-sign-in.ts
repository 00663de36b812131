import type { AuthorizationRequest } from '../authorization-request.ts';
import type { Person } from '../person.ts';
import type { SignInWish } from '../ports/identity-provider.ts';

/** Seconds by which the identity provider's clock may be behind ours. */
const leeway = 30;

/** How the sign-in of a login transaction must be. */
export interface SignInTerms extends SignInWish {
  /** Epoch second before which the person must not have signed in. Absent: any sign-in will do. */
  readonly notBefore?: number;
}

/**
 * Whether the sign-in of a browser session will do for a request (OIDC Core §3.1.2.1, `max_age` and `prompt`).
 * @param mostAge seconds that we ourselves allow it to be old. @default any age
 */
export function acceptsSession(
  request: AuthorizationRequest,
  person: Person,
  now: number,
  mostAge: number = Infinity,
): boolean {
  const { prompt = [], maxAge } = request;
  if (prompt.includes('login') || prompt.includes('select_account')) return false;
  return now - person.authTime <= Math.min(maxAge ?? Infinity, mostAge);
}

/**
 * What to ask of the identity provider for a request that no session satisfies.
 * @param mostAge as above
 */
export function signInTerms(
  request: Pick<AuthorizationRequest, 'prompt' | 'maxAge' | 'loginHint'>,
  now: number,
  mostAge: number = Infinity,
): SignInTerms {
  const { prompt = [], maxAge, loginHint } = request;
  const hint = loginHint === undefined ? {} : { loginHint };
  if (prompt.includes('login')) return { ...hint, prompt: 'login', maxAge: 0, notBefore: now };
  // Not every provider knows max_age (Cognito does not); prompt=login is what makes its session not count.
  if (maxAge !== undefined) {
    return { ...hint, prompt: 'login', maxAge, notBefore: now - Math.min(maxAge, mostAge) };
  }
  // No max_age where the client asked for none: some providers would then have to say what they never say.
  if (mostAge < Infinity) return { ...hint, prompt: 'login', notBefore: now - mostAge };
  return prompt.includes('select_account') ? { ...hint, prompt: 'select_account' } : hint;
}

/** Whether the provider did as it was asked: one that ignores `prompt` answers with an old sign-in. */
export function isFreshEnough(person: Person, terms: SignInTerms): boolean {
  return terms.notBefore === undefined || person.authTime >= terms.notBefore - leeway;
}
