import type { Client } from '../client.ts';
import { OAuthError } from '../errors.ts';
import type { DeclaredClient } from '../registration/client-metadata.ts';
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

function declared(body: Metadata): DeclaredClient {
  // How it authenticates and with which keys is judged by the rules of documents, not by those of registration.
  const { jwks: _, jwks_uri: __, token_endpoint_auth_methods_supported: ___, ...rest } = body;
  return readClientMetadata({ ...rest, token_endpoint_auth_method: 'none' });
}

function read(clientId: string, body: Metadata): DocumentClient {
  checkMembers(clientId, body);
  const client = declared(body);
  if (client.clientName === undefined) throw invalidMember('client_name', 'is missing');
  const keys = publicKeys(body);
  const [method, ...others] = authMethods(body, keys !== undefined);
  return {
    ...client,
    ...keys,
    clientId,
    kind: 'metadata-document',
    tokenEndpointAuthMethod: method,
    ...(others.length > 0 && { tokenEndpointAuthMethods: [method, ...others] }),
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
