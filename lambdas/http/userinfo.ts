import type { Context } from 'hono';
import type { UserinfoDeps } from '../core/identity/userinfo.ts';
import { userinfo } from '../core/identity/userinfo.ts';
import { OAuthError } from '../core/errors.ts';
import { answerJson } from './errors.ts';
import type { ErrorContext } from './errors.ts';
import { bearerToken } from './guard/bearer-token.ts';

/** The userinfo endpoint (OIDC Core §5.3), by GET and POST; the token comes in the header only. */
export async function answerUserinfo(context: Context, deps: UserinfoDeps & ErrorContext): Promise<Response> {
  const header = context.req.header('Authorization');
  const credential = bearerToken(header === undefined ? [] : [header]);
  try {
    if ('refusal' in credential) throw unauthenticated(credential.refusal);
    return Response.json(await userinfo(credential.token, deps));
  } catch (error) {
    const answer = answerJson(error, context, deps);
    const challenge = challengeOf(error, header !== undefined, deps.issuer);
    // API Gateway renames this header (docs/decisions/0002); over any other door clients see it.
    if (challenge) answer.headers.set('WWW-Authenticate', challenge);
    return answer;
  }
}

function unauthenticated(reason: string): OAuthError {
  return new OAuthError('invalid_token', 'send the access token as Authorization: Bearer', { reason });
}

/** RFC 6750 §3: with an error only where a token was sent. */
function challengeOf(error: unknown, hadCredential: boolean, issuer: string): string | undefined {
  if (!(error instanceof OAuthError)) return undefined;
  const realm = `Bearer realm="${issuer}"`;
  if (error.code === 'invalid_token') return hadCredential ? `${realm}, error="invalid_token"` : realm;
  return error.code === 'insufficient_scope' ? `${realm}, error="insufficient_scope", scope="openid"` : undefined;
}
