import type { Client } from '../client.ts';
import { digest } from '../digest.ts';
import { OAuthError } from '../errors.ts';
import { splitScope } from '../split-scope.ts';
import { readClientMetadata } from './client-metadata.ts';
import { invalidMember, requireObject, text, texts } from './members.ts';

/** Nobody is asked again here, so nothing that was asked may be left out quietly. */
function requireAll(name: string, asked: readonly string[], kept: readonly string[]): void {
  const lost = asked.filter((value) => !kept.includes(value));
  if (lost.length > 0) throw invalidMember(name, `cannot be registered: ${lost.join(', ')}`);
}

/**
 * A client as an administrator registers it: in the words of RFC 7591 §2, with `client_id`; `scope` is what it gets
 * for itself by `client_credentials`.
 * @param body the parsed JSON, whatever it is
 * @param known `secret`: for clients that authenticate by one; `now`: epoch seconds
 * @throws OAuthError invalid_client_metadata or invalid_redirect_uri, naming the member
 */
export function administeredClient(
  body: unknown,
  known: { readonly secret?: string | undefined; readonly now: number },
): Client {
  const metadata = requireObject(body);
  const clientId = text(metadata, 'client_id', 100);
  if (clientId === undefined) throw invalidMember('client_id', 'is missing');
  const asked = { grants: texts(metadata, 'grant_types', 20) ?? [], uris: texts(metadata, 'redirect_uris', 20) ?? [] };
  const { redirect_uris: uris, ...rest } = metadata;
  const { scope, ...declared } = readClientMetadata(
    asked.uris.length > 0 ? { ...rest, redirect_uris: uris } : rest,
    'pre-registered',
  );
  requireAll('grant_types', asked.grants, declared.grantTypes);
  requireAll('redirect_uris', asked.uris, declared.redirectUris);
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
    ...(scope !== undefined && { machineScopes: splitScope(scope) }),
    registeredAt: known.now,
  };
}
