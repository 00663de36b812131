import type { Context } from 'hono';
import { errorUrl } from '../core/authorize/answer-url.ts';
import { checkAuthorizationRequest } from '../core/authorize/pipeline.ts';
import { startInteraction } from '../core/authorize/start-interaction.ts';
import { logError } from './errors.ts';
import type { Desk } from './interaction-app.ts';
import { leave, proceed } from './proceed.ts';
import { refuse } from './refuse.ts';

/** Seconds that the binding cookie outlives the last request that it was sent with. */
const grace = 300;

/** Answers an authorization request, whichever way its parameters came. */
export async function authorize(context: Context, params: URLSearchParams, desk: Desk): Promise<Response> {
  const outcome = await checkAuthorizationRequest(params, desk);
  // OAuth 2.1 §4.1.2.1: without a trusted redirect URI the person is told, and nobody is redirected.
  if (outcome.kind === 'refused') return refuse(outcome.error, context, desk, outcome);
  if (outcome.kind === 'rejected') {
    logError(outcome.error, context, desk.log);
    const { reason } = outcome.error;
    const clientId = params.get('client_id');
    desk.audit.record({ type: 'authorization.refused', decision: 'refused', reason, ...(clientId && { clientId }) });
    return leave(errorUrl(outcome.redirect, outcome.error, desk.issuer), desk);
  }
  const { cookies, entropy, lifetimes } = desk;
  // Kept if there is one, so that several tabs can wait at once.
  const browserCookie = cookies.read(context, 'browser') ?? entropy.token(32);
  const sessionCookie = cookies.read(context, 'session');
  const session = sessionCookie === undefined ? {} : { sessionCookie };
  const answer = proceed(await startInteraction(outcome, { browserCookie, ...session }, desk), desk);
  answer.headers.append('Set-Cookie', cookies.write('browser', browserCookie, lifetimes.signInTransaction + grace));
  return answer;
}
