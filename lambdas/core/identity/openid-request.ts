import type { AuthorizationRequest } from '../authorization-request.ts';
import { OAuthError } from '../errors.ts';
import { parameter } from '../parameters.ts';
import { splitScope } from '../split-scope.ts';
import { identityScopesIn } from './identity-scopes.ts';

type Prompt = NonNullable<AuthorizationRequest['prompt']>[number];

/** Values of `prompt` that are obeyed (OIDC Core §3.1.2.1); metadata offer exactly these. */
export const prompts: readonly Prompt[] = ['none', 'login', 'consent', 'select_account'];

/** What a request says about sign-in, whether it is one of OpenID Connect or not. */
export type OpenIdRequest = Pick<AuthorizationRequest, 'identityScopes' | 'nonce' | 'prompt' | 'maxAge' | 'loginHint'>;

/**
 * The parameters of OpenID Connect (OIDC Core §3.1.2.1). `prompt` and `max_age` count in every request; `nonce` and
 * `login_hint` only in one for `openid`, so that nothing of a plain OAuth request goes upstream (D8).
 * @throws OAuthError invalid_request
 */
export function openIdRequest(params: URLSearchParams): OpenIdRequest {
  const identityScopes = identityScopesIn(splitScope(parameter(params, 'scope')));
  const isOpenId = identityScopes.length > 0;
  const prompt = promptOf(params, isOpenId);
  const maxAge = maxAgeOf(params);
  const nonce = isOpenId ? parameter(params, 'nonce') : undefined;
  const loginHint = isOpenId ? parameter(params, 'login_hint') : undefined;
  return {
    ...(isOpenId && { identityScopes }),
    ...(nonce !== undefined && { nonce }),
    ...(prompt.length > 0 && { prompt }),
    ...(maxAge !== undefined && { maxAge }),
    ...(loginHint !== undefined && { loginHint }),
  };
}

function promptOf(params: URLSearchParams, isOpenId: boolean): readonly Prompt[] {
  const asked = (parameter(params, 'prompt') ?? '').split(' ').filter((value) => value !== '');
  // OIDC Core §3.1.2.1
  if (asked.includes('none') && asked.length > 1) {
    throw new OAuthError('invalid_request', 'prompt=none stands alone; leave the other values of prompt out');
  }
  // The TypeScript SDK sends prompt=consent with every offline_access: obeyed, nothing would ever be remembered
  // (docs/decisions/0007). A client of OpenID Connect means it.
  return prompts.filter((value) => asked.includes(value) && (value !== 'consent' || isOpenId));
}

function maxAgeOf(params: URLSearchParams): number | undefined {
  const text = parameter(params, 'max_age');
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new OAuthError('invalid_request', 'max_age must be a whole number of seconds');
  return Number(text);
}
