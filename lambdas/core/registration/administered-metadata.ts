import { splitScope } from '../split-scope.ts';
import type { DeclaredClient } from './client-metadata.ts';
import { readClientMetadata } from './client-metadata.ts';
import { invalidMember, requireObject, texts } from './members.ts';

/** Nobody is asked again here, so nothing that was asked may be left out quietly. */
function requireAll(name: string, asked: readonly string[], kept: readonly string[]): void {
  const lost = asked.filter((value) => !kept.includes(value));
  if (lost.length > 0) throw invalidMember(name, `cannot be registered: ${lost.join(', ')}`);
}

/**
 * What an administrator says about a client: in the words of RFC 7591 §2; `scope` is what it gets for itself by
 * `client_credentials`.
 * @param body the parsed JSON, whatever it is
 * @throws OAuthError invalid_client_metadata or invalid_redirect_uri, naming the member
 */
export function administeredMetadata(body: unknown): DeclaredClient {
  const metadata = requireObject(body);
  const asked = { grants: texts(metadata, 'grant_types', 20) ?? [], uris: texts(metadata, 'redirect_uris', 20) ?? [] };
  const { redirect_uris: uris, ...rest } = metadata;
  const { scope, ...declared } = readClientMetadata(
    asked.uris.length > 0 ? { ...rest, redirect_uris: uris } : rest,
    'pre-registered',
  );
  requireAll('grant_types', asked.grants, declared.grantTypes);
  requireAll('redirect_uris', asked.uris, declared.redirectUris);
  return { ...declared, ...(scope !== undefined && { machineScopes: splitScope(scope) }) };
}
