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

/** Whether the client accepts the sign-in of a browser session (OIDC Core §3.1.2.1, `max_age` and `prompt`). */
export function acceptsSession(request: AuthorizationRequest, person: Person, now: number): boolean {
  const { prompt = [], maxAge } = request;
  if (prompt.includes('login') || prompt.includes('select_account')) return false;
  return maxAge === undefined || now - person.authTime <= maxAge;
}

/** What to ask of the identity provider for a request that no session satisfies. */
export function signInTerms(request: AuthorizationRequest, now: number): SignInTerms {
  const { prompt = [], maxAge, loginHint } = request;
  const hint = loginHint === undefined ? {} : { loginHint };
  if (prompt.includes('login')) return { ...hint, prompt: 'login', maxAge: 0, notBefore: now };
  // Not every provider knows max_age (Cognito does not); prompt=login is what makes its session not count.
  if (maxAge !== undefined) return { ...hint, prompt: 'login', maxAge, notBefore: now - maxAge };
  return prompt.includes('select_account') ? { ...hint, prompt: 'select_account' } : hint;
}

/** Whether the provider did as it was asked: one that ignores `prompt` answers with an old sign-in. */
export function isFreshEnough(person: Person, terms: SignInTerms): boolean {
  return terms.notBefore === undefined || person.authTime >= terms.notBefore - leeway;
}
