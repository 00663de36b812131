import type { Client } from '../client.ts';
import { grantOffers } from '../grants/grant-offers.ts';
import type { GrantOffer } from '../grants/grant-offers.ts';
import { invalidMember, texts } from './members.ts';
import type { Metadata } from './members.ts';

/**
 * The grant types of a client that names them itself: what is not supported, or not for clients of this kind, is left
 * out, and the answer says so (RFC 7591 §3.2.1).
 * @throws OAuthError invalid_client_metadata if nothing remains by which it could get a token
 */
export function declaredGrantTypes(metadata: Metadata, kind: Client['kind']): readonly string[] {
  const all: readonly GrantOffer[] = Object.values(grantOffers);
  const open = all.filter(({ clientKinds }) => clientKinds?.includes(kind) ?? true);
  // RFC 7591 §2 would mean authorization_code alone, and then people must log in again with each access token. Clients
  // that leave it out do not mean that; those that name their grant types get what they name (clients.md pain 3).
  const asked = texts(metadata, 'grant_types', 20) ?? ['authorization_code', 'refresh_token'];
  const kept = open.map(({ grantType }) => grantType).filter((name) => asked.includes(name));
  // A refresh token must come from somewhere.
  if (kept.some((name) => name !== 'refresh_token')) return kept;
  const beginnings = open.map(({ grantType }) => grantType).filter((name) => name !== 'refresh_token');
  throw invalidMember('grant_types', `must contain one of: ${beginnings.join(', ')}`);
}

/**
 * The response types that belong to some grant types (RFC 7591 §2.1).
 * @throws OAuthError invalid_client_metadata if the client asks for others only
 */
export function declaredResponseTypes(metadata: Metadata, grants: readonly string[]): readonly string[] {
  // A device is answered at the token endpoint.
  if (!grants.includes('authorization_code')) return [];
  const asked = texts(metadata, 'response_types', 20) ?? ['code'];
  if (asked.includes('code')) return ['code'];
  throw invalidMember('response_types', 'must contain code; nothing else is supported');
}
