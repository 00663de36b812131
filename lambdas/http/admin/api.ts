import type { Context } from 'hono';
import { bearerChallenge, resourceMetadataUrl } from '../../contract/challenge.ts';
import { adminReadScope, adminResource, adminScope } from '../../core/admin/admin-resource.ts';
import type { AdministratorDeps } from '../../core/admin/authenticate-administrator.ts';
import { administratorBy, verifyAdminToken } from '../../core/admin/authenticate-administrator.ts';
import type { AdminDeps } from '../../core/admin/deps.ts';
import { OAuthError } from '../../core/errors.ts';
import { audited } from '../audited.ts';
import type { ErrorContext } from '../errors.ts';
import { readCredential } from '../guard/credential.ts';
import { findOperation, WrongMethod } from './find-operation.ts';
import { answerProblem } from './problem.ts';
import { readRequest } from './read-request.ts';
import { requireAccess } from './require-access.ts';
import { runOperation } from './run-operation.ts';

export interface AdminApiDeps extends AdminDeps, AdministratorDeps, ErrorContext {}

type Caller = Awaited<ReturnType<typeof administratorBy>>;

/** Answers a request to the admin API: who asks is judged before what is asked, so that strangers learn nothing. */
export async function answerApi(context: Context, deps: AdminApiDeps): Promise<Response> {
  const who = await callerOf(context, deps);
  const path = context.req.path.slice(adminResource('').path.length);
  const { operation, key } = findOperation(context.req.method, path);
  if (operation.access === 'write') await requireWideToken(who, deps);
  requireAccess(operation, who, deps);
  const request = await readRequest(context, operation, key);
  const { isNarrowed: _, ...administrator } = who;
  const answer = await runOperation(operation, request, administrator, deps);
  return Response.json(answer, { status: operation.answers === 'created' ? 201 : 200 });
}

async function callerOf(context: Context, deps: AdminApiDeps): Promise<Caller> {
  const claims = await audited(deps.audit, { type: 'admin.refused' }, async () => {
    const credential = readCredential(valuesOf(context, 'Authorization'));
    if ('refusal' in credential) {
      const { refusal: reason } = credential;
      throw new OAuthError('invalid_token', 'send the access token as Authorization: Bearer', { reason });
    }
    const presented = { ...credential, proofs: valuesOf(context, 'DPoP') };
    const { method, path } = context.req;
    return verifyAdminToken(presented, { method, url: `${deps.issuer}${path}` }, deps);
  });
  const { sub, clientId, gid } = claims;
  return audited(deps.audit, { type: 'admin.refused', sub, clientId, gid }, () => administratorBy(claims, deps));
}

/** A token that may only look, of a person who may do more: another token helps, and the challenge says which. */
async function requireWideToken({ sub, isNarrowed }: Caller, { audit }: AdminApiDeps): Promise<void> {
  await audited(audit, { type: 'admin.refused', sub }, async () => {
    if (isNarrowed) throw new OAuthError('insufficient_scope', `the access token lacks the scope ${adminScope}`);
  });
}

function valuesOf(context: Context, name: string): readonly string[] {
  const value = context.req.header(name);
  return value === undefined ? [] : [value];
}

/** Every error of the API, as problem details with what HTTP says beside them. */
export function answerApiError(thrown: unknown, context: Context, deps: ErrorContext): Response {
  const answer = answerProblem(thrown, context, deps);
  const challenge = challengeOf(thrown, context, deps.issuer);
  // API Gateway renames this header (docs/decisions/0002); over any other door clients see it.
  if (challenge) answer.headers.set('WWW-Authenticate', challenge);
  if (thrown instanceof WrongMethod) answer.headers.set('Allow', thrown.allowed);
  return answer;
}

// RFC 6750 §3: with an error only where a token was sent.
function challengeOf(error: unknown, context: Context, issuer: string): string | undefined {
  if (!(error instanceof OAuthError)) return undefined;
  if (error.code !== 'invalid_token' && error.code !== 'insufficient_scope') return undefined;
  const isRead = ['GET', 'HEAD'].includes(context.req.method);
  const tried = context.req.header('Authorization') !== undefined;
  return bearerChallenge({
    resourceMetadata: resourceMetadataUrl(issuer, adminResource(issuer).path),
    scopes: [isRead ? adminReadScope : adminScope],
    ...(tried && { error: error.code }),
  });
}
