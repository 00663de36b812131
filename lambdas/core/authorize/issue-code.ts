import { adminGrantParts } from '../admin/admin-grant.ts';
import type { AuthorizationRequest } from '../authorization-request.ts';
import type { Client } from '../client.ts';
import { digest } from '../digest.ts';
import { OAuthError } from '../errors.ts';
import type { CodeGrant, Grant } from '../grant.ts';
import { grantEnd } from '../grants/grant-end.ts';
import { keepClient } from '../keep-client.ts';
import type { Person } from '../person.ts';
import { mintCode } from '../tokens/handle.ts';
import { identityOf } from './identity-of.ts';
import type { InteractionDeps } from './interaction.ts';
import { signedInAt } from './signed-in-at.ts';

export interface Allowed {
  readonly request: AuthorizationRequest;
  readonly person: Person;
  readonly client: Client;
  /** Scopes that the person allowed: a part of the request's and, in a step-up, what was allowed before. */
  readonly scopes: readonly string[];
  /** @default the request's */
  readonly resources?: readonly string[];
  /** @default `scopes` wherever there is a scope of that name */
  readonly scopesByResource?: Readonly<Record<string, readonly string[]>>;
  /** Id of the grant to be, 16 random bytes as base64url. */
  readonly gid: string;
  /** 16 random bytes as base64url; the same gid with the same salt gives the same code. */
  readonly salt: string;
  /** Epoch seconds: before anything was looked up on which this rests, so that no revocation falls between. */
  readonly begunAt: number;
}

type Deps = Pick<InteractionDeps, 'grants' | 'clients' | 'pepper' | 'clock' | 'lifetimes' | 'issuer'>;

function newGrant(allowed: Allowed, now: number, deps: Pick<Deps, 'lifetimes' | 'issuer'>): CodeGrant {
  const { lifetimes } = deps;
  const { request, person, client } = allowed;
  return {
    gid: allowed.gid,
    state: 'code',
    clientId: client.clientId,
    sub: person.sub,
    ...(person.email !== undefined && { email: person.email }),
    ...(person.name !== undefined && { personName: person.name }),
    ...identityOf(allowed),
    resources: allowed.resources ?? request.resources,
    scopes: allowed.scopes,
    ...(allowed.scopesByResource && { scopesByResource: allowed.scopesByResource }),
    ...(request.authorizationDetails && { authorizationDetails: request.authorizationDetails }),
    ...(request.dpopJkt !== undefined && { dpopJkt: request.dpopJkt }),
    refreshable: client.grantTypes.includes('refresh_token'),
    saltDigest: digest(allowed.salt),
    redirectUri: request.redirectUri,
    codeChallenge: request.codeChallenge,
    codeExpiresAt: now + lifetimes.authorizationCode,
    generation: 0,
    rotatedAt: now,
    authTime: person.authTime,
    createdAt: allowed.begunAt,
    expiresAt: now + lifetimes.authorizationCode,
    absoluteExpiresAt: signedInAt(person, now, lifetimes) + lifetimes.refreshTokenAbsolute,
    ...adminGrantParts(request, person, now, deps),
  };
}

/** Whether this is what an earlier, equal answer left behind, with its code still good. */
function isSameAnswer(existing: Grant | undefined, grant: CodeGrant, now: number): boolean {
  return (
    existing?.state === 'code' &&
    existing.saltDigest === grant.saltDigest &&
    existing.clientId === grant.clientId &&
    existing.sub === grant.sub &&
    (existing.codeExpiresAt ?? 0) > now
  );
}

/**
 * Creates the grant and its code, and renews the client's registration if the grant could outlive it (D6).
 * @returns the code
 * @throws OAuthError invalid_request (`reason` `already_answered`) if the grant exists and its code is spent
 */
export async function issueCode(allowed: Allowed, deps: Deps): Promise<string> {
  const now = deps.clock.now();
  const grant = newGrant(allowed, now, deps);
  const until = grantEnd(grant.refreshable, grant.codeExpiresAt, deps.lifetimes);
  const clientExpiresAt = await keepClient(allowed.client, until, deps);
  const created = await deps.grants.create(clientExpiresAt === undefined ? grant : { ...grant, clientExpiresAt });
  if (!created.ok && !isSameAnswer(created.grant, grant, now)) {
    throw new OAuthError('invalid_request', 'this request was answered already; start again in your client', {
      reason: 'already_answered',
    });
  }
  return mintCode(await deps.pepper.read(), allowed);
}
