import { adminGrantParts } from '../admin/admin-grant.ts';
import { identityOf } from '../authorize/identity-of.ts';
import { signedInAt } from '../authorize/signed-in-at.ts';
import { methodsOf } from '../client-auth/methods-of.ts';
import type { Client } from '../client.ts';
import { digest, mac } from '../digest.ts';
import type { Grant } from '../grant.ts';
import { directGrant } from '../grants/direct-grant.ts';
import type { Lifetimes } from '../lifetimes.ts';
import type { DeviceAnswer, DeviceAuthorization } from '../ports/device-authorizations.ts';
import { asAuthorizationRequest } from './device-request.ts';

/** The salt of the grant: the device has it with its code, the store has it not, and each poll finds it again. */
export function deviceSalt(deviceCode: string, gid: string): string {
  return mac(deviceCode, `salt|${gid}`).slice(0, 22);
}

/**
 * The grant of an allowed device; always the same for the same device code.
 * @param now epoch seconds
 */
export function deviceGrant(
  from: {
    readonly authorization: DeviceAuthorization;
    readonly approved: Extract<DeviceAnswer, { state: 'approved' }>;
    readonly client: Client;
    readonly salt: string;
    readonly dpopJkt: string | undefined;
  },
  now: number,
  deps: { readonly issuer: string; readonly lifetimes: Lifetimes },
): Grant {
  const { lifetimes } = deps;
  const { authorization, approved, client, salt, dpopJkt } = from;
  const { person, resources, scopes, scopesByResource, givenAt } = approved;
  const { authorizationDetails } = authorization.request;
  const known = {
    gid: authorization.gid,
    clientId: client.clientId,
    sub: person.sub,
    ...(person.email !== undefined && { email: person.email }),
    ...(person.name !== undefined && { personName: person.name }),
    ...identityOf({ request: asAuthorizationRequest(authorization.request), person }),
    resources,
    scopes,
    ...(scopesByResource && { scopesByResource }),
    ...(authorizationDetails && { authorizationDetails }),
    refreshable: client.grantTypes.includes('refresh_token'),
    saltDigest: digest(salt),
    // RFC 9449 §5: refresh tokens of public clients are bound to the key; others are to their credentials.
    ...(dpopJkt !== undefined && methodsOf(client).includes('none') && { dpopJkt }),
    authTime: person.authTime,
    givenAt,
    absoluteExpiresAt: signedInAt(person, now, lifetimes) + lifetimes.refreshTokenAbsolute,
    ...adminGrantParts(authorization.request, person, now, deps),
  };
  return directGrant(known, now, lifetimes);
}
