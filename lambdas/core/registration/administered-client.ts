import type { Client } from '../client.ts';
import { digest } from '../digest.ts';
import { OAuthError } from '../errors.ts';
import { administeredMetadata } from './administered-metadata.ts';
import { invalidMember, requireObject, text } from './members.ts';

/**
 * A client as an administrator registers it: in the words of RFC 7591 §2, with `client_id`.
 * @param body the parsed JSON, whatever it is
 * @param known `secret`: for clients that authenticate by one; `now`: epoch seconds
 * @throws OAuthError invalid_client_metadata or invalid_redirect_uri, naming the member
 */
export function administeredClient(
  body: unknown,
  known: { readonly secret?: string | undefined; readonly now: number },
): Client {
  const clientId = text(requireObject(body), 'client_id', 100);
  if (clientId === undefined) throw invalidMember('client_id', 'is missing');
  const declared = administeredMetadata(body);
  const needsSecret = declared.tokenEndpointAuthMethod.startsWith('client_secret_');
  if (needsSecret !== (known.secret !== undefined)) {
    throw new OAuthError(
      'invalid_client_metadata',
      `the client ${needsSecret ? 'needs a' : 'has no use for a'} secret`,
    );
  }
  return {
    ...declared,
    clientId,
    kind: 'pre-registered',
    ...(known.secret !== undefined && { secretDigest: digest(known.secret) }),
    registeredAt: known.now,
  };
}
