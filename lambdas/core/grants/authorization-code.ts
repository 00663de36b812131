import { createHash } from 'node:crypto';
import { readDetails } from '../authorization-details/read-details.ts';
import { digest } from '../digest.ts';
import { OAuthError } from '../errors.ts';
import type { Grant } from '../grant.ts';
import { audiencesOf } from '../identity/identity-resource.ts';
import { parameter, requiredParameter } from '../parameters.ts';
import type { CodePresentation } from '../ports/grants.ts';
import { readCode } from '../tokens/handle.ts';
import { checkRevocations } from './check-revocations.ts';
import type { TokenDeps } from './exchange-token.ts';
import { grantEnd } from './grant-end.ts';
import { grantOffers } from './grant-offers.ts';
import type { GrantType } from './index.ts';
import { issueTokens } from './issue-tokens.ts';
import { isOtherKey, keyBinding, keyMismatch } from './key-binding.ts';
import { requestedResource, resourceNotGranted } from './requested-resource.ts';
import { revokeGrant } from './revoke-grant.ts';
import { checkTokenDetails, tokenDetails } from './token-details.ts';
import { audienceOf, tokenScopes } from './token-scopes.ts';

function refused(reason: string, problem: string): OAuthError {
  return new OAuthError('invalid_grant', problem, { reason });
}

/** @returns the S256 challenge that belongs to the verifier (RFC 7636 §4.6) */
function challengeOf(verifier: string | undefined): string {
  // Every code was issued with a challenge, so a verifier is always due (OAuth 2.1 §4.1.3).
  if (verifier === undefined) throw refused('verifier_missing', 'code_verifier is missing; send the PKCE verifier');
  // RFC 7636 §4.1
  if (!/^[A-Za-z0-9\-._~]{43,128}$/.test(verifier)) {
    throw refused('verifier_syntax', 'code_verifier must have 43 to 128 characters of letters, digits and -._~');
  }
  return createHash('sha256').update(verifier, 'ascii').digest('base64url');
}

/** Why a code was refused, with what follows for the grant. */
async function verdict(shown: CodePresentation, grant: Grant | undefined, deps: TokenDeps): Promise<OAuthError> {
  const dead = refused('code_dead', 'the code is unknown, spent or expired; start the authorization again');
  // Another client's attempt must not end anybody's login (clients.md pain 25).
  if (!grant || grant.saltDigest !== shown.saltDigest || grant.clientId !== shown.clientId) return dead;
  if (grant.state === 'active') {
    // OAuth 2.1 §4.1.3, §7.5.3: a second use means that somebody else has the code.
    await revokeGrant(grant, 'authorization_code.replayed', deps);
    deps.audit.record({
      type: 'authorization_code.replayed',
      decision: 'refused',
      clientId: grant.clientId,
      sub: grant.sub,
      gid: grant.gid,
    });
  }
  if (grant.state !== 'code' || (grant.codeExpiresAt ?? 0) <= shown.now) return dead;
  if (shown.redirectUri !== undefined && grant.redirectUri !== shown.redirectUri) {
    return refused('redirect_uri_mismatch', 'redirect_uri differs from the one of the authorization request');
  }
  if (shown.resource !== undefined && !grant.resources.includes(shown.resource)) return resourceNotGranted();
  if (isOtherKey(grant, shown)) return keyMismatch();
  if (grant.codeChallenge === shown.codeChallenge) return dead;
  // The right client with the wrong verifier holds a code that it did not ask for: nobody may have it.
  await revokeGrant(grant, 'verifier_mismatch', deps);
  return refused('verifier_mismatch', 'code_verifier does not match the code_challenge; start the authorization again');
}

/** `authorization_code` (OAuth 2.1 §4.1.3): spends the code in one conditional write. */
export const authorizationCode: GrantType = {
  ...grantOffers.authorizationCode,
  async handle({ client, params, dpopJkt }, deps) {
    const handle = readCode(await deps.pepper.read(), requiredParameter(params, 'code'));
    const now = deps.clock.now();
    const resource = requestedResource(params, deps);
    // OAuth 2.1 §10.2: clients of OAuth 2.0 send it again; if they do it must be the same.
    const redirectUri = parameter(params, 'redirect_uri');
    const presentation: CodePresentation = {
      gid: handle.gid,
      saltDigest: digest(handle.salt),
      clientId: client.clientId,
      codeChallenge: challengeOf(parameter(params, 'code_verifier')),
      ...(redirectUri !== undefined && { redirectUri }),
      ...(resource !== undefined && { resource }),
      ...keyBinding(client, dpopJkt),
      now,
      expiresAt: grantEnd(client.grantTypes.includes('refresh_token'), now, deps.lifetimes),
    };
    const details = readDetails(params);
    await checkTokenDetails(presentation, details, deps);
    const { ok, grant } = await deps.grants.redeemCode(presentation);
    if (!ok) throw await verdict(presentation, grant, deps);
    // An ID token is shown at no door of ours that could refuse it.
    if (grant.identityScopes) await checkRevocations(grant, deps);
    const server = audienceOf(grant, resource, audiencesOf(deps));
    return issueTokens(
      grant,
      {
        server,
        scopes: tokenScopes(grant, server, []),
        details: tokenDetails(grant, server, details),
        salt: handle.salt,
        now,
        dpopJkt,
      },
      deps,
    );
  },
};
