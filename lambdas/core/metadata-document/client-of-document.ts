import type { Client } from '../client.ts';
import { OAuthError } from '../errors.ts';
import { readClientMetadata } from '../registration/client-metadata.ts';
import type { Metadata } from '../registration/members.ts';
import { invalidMember } from '../registration/members.ts';
import { authMethods } from './auth-methods.ts';
import { publicKeys } from './public-keys.ts';

type DocumentClient = Omit<Client, 'registeredAt' | 'freshUntil' | 'expiresAt'>;

// CIMD §4.1: a document is public, so nothing in it can be secret. The URI that must equal the id comes first.
function checkMembers(clientId: string, body: Metadata): void {
  // CIMD §4: simple string comparison (RFC 3986 §6.2.1).
  if (body['client_id'] !== clientId) throw invalidMember('client_id', 'differs from the URL of the document');
  for (const name of ['client_secret', 'client_secret_expires_at']) {
    if (Object.hasOwn(body, name) && body[name] !== null)
      throw invalidMember(name, 'has no place in a public document');
  }
}

function hasKeys(keys: ReturnType<typeof publicKeys>): boolean {
  return keys !== undefined && !('jwks' in keys && keys.jwks?.keys.length === 0);
}

function read(clientId: string, body: Metadata): DocumentClient {
  checkMembers(clientId, body);
  const [preferred, ...others] = authMethods(body, hasKeys(publicKeys(body)));
  const methods = [preferred, ...others];
  // The members of private_key_jwt are judged wherever it is offered, not only where it is preferred.
  const judged = methods.find((method) => method === 'private_key_jwt') ?? preferred;
  const client = readClientMetadata({ ...body, token_endpoint_auth_method: judged }, 'metadata-document');
  if (client.clientName === undefined) throw invalidMember('client_name', 'is missing');
  if (client.redirectUris.length === 0) throw invalidMember('redirect_uris', 'is missing; name at least one');
  return {
    ...client,
    clientId,
    kind: 'metadata-document',
    tokenEndpointAuthMethod: preferred,
    ...(others.length > 0 && { tokenEndpointAuthMethods: methods }),
  };
}

/**
 * The client that a metadata document describes (CIMD §4, AS-22, AS-23). Its redirect URIs and other members are judged
 * as those of a registration; unknown members are ignored.
 * @param clientId URL from which the document came
 * @throws OAuthError invalid_client naming the member (`reason` `metadata_invalid`)
 */
export function clientOfDocument(clientId: string, body: Metadata): DocumentClient {
  try {
    return read(clientId, body);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    const problem = `the metadata document at client_id cannot be used: ${error.message}`;
    throw new OAuthError('invalid_client', problem, { reason: 'metadata_invalid', cause: error });
  }
}
