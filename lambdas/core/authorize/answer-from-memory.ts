import type { Person } from '../person.ts';
import { successUrl } from './answer-url.ts';
import type { InteractionDeps } from './interaction.ts';
import { issueCode } from './issue-code.ts';
import type { AcceptedRequest } from './pipeline.ts';
import { takePushed } from './pushed-request.ts';
import { recallConsent } from './recall-consent.ts';

/**
 * Answers a request of a signed-in person without a page, if this consent is remembered.
 * @param gid id of the grant to be
 * @returns URL at the client; undefined if the person must be asked
 */
export async function answerFromMemory(
  { request, client, redirect, pushed }: AcceptedRequest,
  person: Person,
  gid: string,
  deps: InteractionDeps,
): Promise<string | undefined> {
  // OIDC Core §3.1.2.1: prompt=consent asks even who allowed it before.
  if (request.prompt?.includes('consent')) return undefined;
  const recalled = await recallConsent(request, person.sub, deps);
  // A resource that is gone since the request was checked is nobody's to allow.
  if (recalled.length < request.resources.length || !recalled.every(({ isSettled }) => isSettled)) return undefined;
  await takePushed(pushed, deps);
  const salt = deps.entropy.token(16);
  const code = await issueCode({ request, person, client, scopes: request.scopes, gid, salt }, deps);
  const { clientId } = client;
  deps.audit.record({ type: 'consent.recalled', clientId, sub: person.sub, gid, scopes: request.scopes });
  return successUrl(redirect, { code, issuer: deps.issuer });
}
