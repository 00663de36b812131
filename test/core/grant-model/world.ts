import { answerConsent } from '../../../lambdas/core/authorize/answer-consent.ts';
import { consentCsrf } from '../../../lambdas/core/authorize/consent-csrf.ts';
import { digest } from '../../../lambdas/core/digest.ts';
import { OAuthError } from '../../../lambdas/core/errors.ts';
import { revokeToken } from '../../../lambdas/core/tokens/revoke-token.ts';
import { challenge, form, lifetimes, mail, secret, todos, verifier } from '../fixtures.ts';
import { redeem, refresh } from '../grants/flow.ts';
import type { House } from '../house.ts';
import type { Boundary } from './interleave.ts';
import { bounded } from './interleave.ts';
import type { Family, Verdict } from './model.ts';
import type { Ask } from './steps.ts';

const browserCookie = 'cookie-of-this-browser';

/** A family with everything that its client was ever given. */
export interface Known {
  readonly gid: string;
  readonly transactionId: string;
  readonly owner: Family['owner'];
  /** Code under 0, refresh tokens under their numbers. */
  readonly secrets: Map<number, string>;
  readonly accessTokens: { readonly jwt: string; readonly exp: number }[];
  /** Codes that were redeemed, as far as anybody heard of it. */
  redemptions: number;
}

/** A person arrives at the consent page of one of the two clients. */
export async function arrive(house: House, owner: Family['owner'], count: number): Promise<Known> {
  const { deps, person } = house;
  const known = { gid: deps.entropy.token(16), transactionId: deps.entropy.token(32) };
  const client = owner === 'public' ? house.client : house.confidential;
  await deps.interactions.begin({
    id: known.transactionId,
    step: 'consent',
    browserDigest: digest(browserCookie),
    request: {
      clientId: client.clientId,
      redirectUri: 'https://client.example/cb',
      codeChallenge: challenge,
      resources: [todos.resource],
      scopes: ['todos:read', 'todos:write'],
    },
    gid: known.gid,
    upstream: { nonce: `nonce-${count}`, codeVerifier: `verifier-${count}` },
    person,
    startedAt: deps.clock.now(),
    expiresAt: deps.clock.now() + lifetimes.signInTransaction,
  });
  return { ...known, owner, secrets: new Map(), accessTokens: [], redemptions: 0 };
}

/** A Gatehouse whose every call to AWS waits for its turn. */
function withBoundary(house: House, boundary: Boundary): House {
  const { clients, consents, grants, interactions, replay, revocations, signer } = house.deps;
  const ports = { clients, consents, grants, interactions, replay, revocations, signer };
  const waiting = Object.entries(ports).map(([name, port]) => [name, bounded(port, boundary)]);
  return { ...house, deps: { ...house.deps, ...(Object.fromEntries(waiting) as typeof ports) } };
}

/** The number of the newest refresh token that anybody was given. */
export function newest({ secrets }: Known): number {
  return Math.max(0, ...secrets.keys());
}

function credentials(house: House, { owner }: Known, by: Ask['by']): Record<string, string> {
  const isPublic = (owner === 'public') === (by === 'owner');
  return isPublic
    ? { client_id: house.client.clientId }
    : { client_id: house.confidential.clientId, client_secret: secret };
}

/** Sends a request; what it is given goes to the client. */
async function send(house: House, known: Known, ask: Ask): Promise<Verdict> {
  const who = credentials(house, known, ask.by);
  if (ask.do === 'answer') {
    const { transactionId } = known;
    const csrf = consentCsrf(browserCookie, transactionId);
    const scopes = ['todos:read', 'todos:write'];
    const answer = await answerConsent({ transactionId, browserCookie, csrf, allow: true, scopes }, house.deps);
    keep(known, 0, new URL(answer.redirectUrl).searchParams.get('code'));
    return { gives: 'code', generation: 0 };
  }
  if (ask.do === 'revoke') {
    const isRefresh = ask.what === 'refresh token';
    const token = isRefresh ? known.secrets.get(newest(known)) : known.accessTokens.at(-1)?.jwt;
    await revokeToken({ params: form({ ...who, token }) }, house.deps);
    return { gives: 'nothing', generation: 0 };
  }
  const { resource: which } = ask;
  const resource = which === 'none' ? undefined : which === 'granted' ? todos.resource : mail.resource;
  const answer =
    ask.do === 'redeem'
      ? await redeem(house, known.secrets.get(0) ?? '', {
          ...who,
          resource,
          code_verifier: { right: verifier, wrong: 'w'.repeat(43), none: undefined }[ask.verifier],
          redirect_uri: { same: 'https://client.example/cb', other: 'https://x.example/', none: undefined }[
            ask.redirect
          ],
        })
      : await refresh(house, known.secrets.get(ask.token.generation), {
          ...who,
          resource,
          scope: { none: undefined, narrower: 'todos:read', wider: 'mail:read' }[ask.scope],
        });
  if (ask.do === 'redeem') known.redemptions += 1;
  const generation = Number(answer.refresh_token?.split('.').at(-2));
  keep(known, generation, answer.refresh_token);
  known.accessTokens.push({ jwt: answer.access_token, exp: house.deps.clock.now() + answer.expires_in });
  return { gives: 'tokens', generation };
}

/** Whatever has one number must be one secret: nothing ever branches into two families. */
function keep({ gid, secrets }: Known, generation: number, text: string | null | undefined): void {
  if (!text?.includes(gid)) throw new Error(`${text ?? 'nothing'} was given out for grant ${gid}`);
  const before = secrets.get(generation) ?? text;
  if (before !== text) throw new Error(`two secrets with number ${generation}: ${before} and ${text}`);
  secrets.set(generation, text);
}

/** @returns what was answered; undefined if the request failed without an answer of the protocol */
export function workOf(house: House, known: Known, ask: Ask) {
  return async (boundary: Boundary): Promise<Verdict | undefined> => {
    try {
      return await send(withBoundary(house, boundary), known, ask);
    } catch (error) {
      if (error instanceof OAuthError && error.code !== 'server_error') return { refused: error.code };
      if (error instanceof Error && error.message === 'the call failed') return undefined;
      throw error;
    }
  };
}

/** Whether there is anything to send yet. */
export function isPossible(known: Known, ask: Ask): boolean {
  if (ask.do === 'answer') return true;
  if (ask.do === 'redeem') return known.secrets.has(0);
  if (ask.do === 'revoke') return known.accessTokens.length > 0;
  return known.secrets.has(ask.token.generation) && ask.token.generation > 0;
}
