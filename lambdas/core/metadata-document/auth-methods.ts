import type { ClientAuthMethod } from '../client.ts';
import type { Metadata } from '../registration/members.ts';
import { invalidMember, text, texts } from '../registration/members.ts';

/** What a client can do that shares no secret with this server. */
const possible = ['none', 'private_key_jwt'] as const satisfies readonly ClientAuthMethod[];

/**
 * How the client of a metadata document may authenticate, the preferred way first. A document may name one method, or
 * offer a choice in `token_endpoint_auth_methods_supported` (OpenID Connect Relying Party Metadata Choices; clients.md
 * pain 17). Methods that are not known here are passed over while another is left.
 * @throws OAuthError invalid_client_metadata if a method needs a shared secret, or none is left
 */
export function authMethods(body: Metadata, hasKeys: boolean): readonly [ClientAuthMethod, ...ClientAuthMethod[]] {
  const named = text(body, 'token_endpoint_auth_method', 100);
  const offered = texts(body, 'token_endpoint_auth_methods_supported', 20) ?? [];
  const all = [...(named === undefined ? [] : [named]), ...offered];
  // CIMD §4.1 (AS-23): a symmetric secret cannot be in a public document.
  const shared = all.find((name) => name.startsWith('client_secret'));
  if (shared !== undefined) {
    const member = shared === named ? 'token_endpoint_auth_method' : 'token_endpoint_auth_methods_supported';
    throw invalidMember(member, `must not be ${shared}, which needs a shared secret`);
  }
  // RFC 7591 §2 would mean client_secret_basic, which is the one thing that it cannot mean here.
  if (all.length === 0) return ['none'];
  const usable = possible.filter((method) => method !== 'private_key_jwt' || hasKeys);
  const [first, ...others] = [...new Set(all)].flatMap((name) => usable.find((method) => method === name) ?? []);
  if (first) return [first, ...others];
  const keys = all.includes('private_key_jwt') ? ' (private_key_jwt needs jwks or jwks_uri)' : '';
  throw invalidMember('token_endpoint_auth_method', `must be one of: ${possible.join(', ')}${keys}`);
}
