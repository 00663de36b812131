import { scopesAt } from '../authorize/scopes-at.ts';
import { OAuthError } from '../errors.ts';
import type { Person } from '../person.ts';
import type { Audit } from '../ports/audit.ts';
import { adminReadScope, adminResource, isForAdministration } from './admin-resource.ts';
import type { AdministratorPolicy } from './administrator-of.ts';
import { administratorOf } from './administrator-of.ts';

export interface RightsDeps {
  readonly issuer: string;
  readonly audit: Audit;
  /** @default nobody administers */
  readonly administrators?: AdministratorPolicy | undefined;
}

/** What of a request counts for rights. */
interface Request {
  readonly clientId: string;
  readonly resources: readonly string[];
  readonly scopes: readonly string[];
}

/**
 * A request as far as this person may have what it asks: one for the admin API is for administrators, and whoever may
 * only look gets the scope for looking, whatever was asked. Other requests stay as they are.
 * @returns access_denied, which was recorded, for people without any such right
 */
export function withinRights<R extends Request>(request: R, person: Person, deps: RightsDeps): R | OAuthError {
  if (!isForAdministration(request, deps.issuer)) return request;
  const administrator = administratorOf(person, deps.administrators);
  if (!administrator) return refused(request, person, deps);
  const scopes = administrator.access === 'write' ? request.scopes : [adminReadScope];
  return { ...request, scopes: scopesAt(adminResource(deps.issuer), scopes) };
}

function refused({ clientId }: Request, { sub }: Person, { audit }: RightsDeps): OAuthError {
  const reason = 'not_an_administrator';
  audit.record({ type: 'admin.refused', decision: 'refused', reason, clientId, sub });
  return new OAuthError(
    'access_denied',
    'this account may not administer here; sign in with another one, or ask for the e-mail or group to be listed',
    { reason },
  );
}
