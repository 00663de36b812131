import type { Context } from 'hono';
import { OAuthError } from '../core/errors.ts';
import type { UserinfoDeps } from '../core/identity/userinfo.ts';
import { userinfo } from '../core/identity/userinfo.ts';
import type { Audit } from '../core/ports/audit.ts';
import { audited } from './audited.ts';
import type { ErrorContext } from './errors.ts';
import { answerJson } from './errors.ts';
import { readCredential } from './guard/credential.ts';

/** The userinfo endpoint (OIDC Core §5.3), by GET and POST; the token comes in the header only. */
export async function answerUserinfo(
  context: Context,
  deps: UserinfoDeps & ErrorContext & { readonly audit: Audit },
): Promise<Response> {
  const credential = readCredential(valuesOf(context, 'Authorization'));
  try {
    const claims = await audited(deps.audit, { type: 'userinfo.refused' }, async () => {
      if ('refusal' in credential) throw unauthenticated(credential.refusal);
      const presented = { ...credential, proofs: valuesOf(context, 'DPoP') };
      return userinfo(presented, context.req.method, deps);
    });
    return Response.json(claims);
  } catch (error) {
    const answer = answerJson(error, context, deps);
    const challenge = challengeOf(error, 'scheme' in credential ? credential.scheme : undefined);
    // API Gateway renames this header (docs/decisions/0002); over any other door clients see it.
    if (challenge) answer.headers.set('WWW-Authenticate', challenge);
    return answer;
  }
}

function valuesOf(context: Context, name: string): readonly string[] {
  const value = context.req.header(name);
  return value === undefined ? [] : [value];
}

function unauthenticated(reason: string): OAuthError {
  return new OAuthError('invalid_token', 'send the access token as Authorization: Bearer', { reason });
}

/** RFC 6750 §3, RFC 9449 §7.1. @param scheme of the credential; undefined: none was sent, and no error is named */
function challengeOf(error: unknown, scheme: string | undefined): string | undefined {
  if (!(error instanceof OAuthError)) return undefined;
  if (error.code === 'insufficient_scope') return `${scheme ?? 'Bearer'} error="insufficient_scope", scope="openid"`;
  if (error.code !== 'invalid_token') return undefined;
  return scheme === undefined ? 'Bearer' : `${scheme} error="invalid_token"`;
}
