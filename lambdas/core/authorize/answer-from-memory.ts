import { withinRights } from '../admin/within-rights.ts';
import { OAuthError } from '../errors.ts';
import type { Person } from '../person.ts';
import { errorUrl, successUrl } from './answer-url.ts';
import type { InteractionDeps } from './interaction.ts';
import { issueCode } from './issue-code.ts';
import { requireLiveSignIn } from './live-sign-in.ts';
import type { AcceptedRequest } from './pipeline.ts';
import { takePushed } from './pushed-request.ts';
import { recallConsent } from './recall-consent.ts';

/**
 * Answers a request of a signed-in person without a page, if this consent is remembered.
 * @param signIn `startedAt`: epoch seconds, when the person's sign-in began
 * @param gid id of the grant to be
 * @returns URL at the client, also where the person has no right to what is asked; undefined if the person must be asked
 * @throws OAuthError invalid_request (`reason` `sign_in_ended`)
 */
export async function answerFromMemory(
  { request: asked, client, redirect, pushed }: AcceptedRequest,
  { person, startedAt }: { readonly person: Person; readonly startedAt: number },
  gid: string,
  deps: InteractionDeps,
): Promise<string | undefined> {
  const begunAt = deps.clock.now();
  const signIn = { sub: person.sub, startedAt };
  const request = withinRights(asked, person, deps);
  if (request instanceof OAuthError) {
    await takePushed(pushed, deps);
    return errorUrl(redirect, request, deps.issuer);
  }
  // OIDC Core §3.1.2.1: prompt=consent asks even who allowed it before.
  if (request.prompt?.includes('consent')) {
    await requireLiveSignIn(signIn, deps);
    return undefined;
  }
  const { recalled } = await recallConsent(request, signIn, deps);
  // A resource that is gone since the request was checked is nobody's to allow.
  if (recalled.length < request.resources.length || !recalled.every(({ isSettled }) => isSettled)) return undefined;
  await takePushed(pushed, deps);
  const salt = deps.entropy.token(16);
  const code = await issueCode({ request, person, client, scopes: request.scopes, gid, salt, begunAt }, deps);
  const { clientId } = client;
  deps.audit.record({ type: 'consent.recalled', clientId, sub: person.sub, gid, scopes: request.scopes });
  return successUrl(redirect, { code, issuer: deps.issuer });
}
