import { OAuthError } from '../errors.ts';
import { parameter } from '../parameters.ts';
import type { ClientAuthentication } from './index.ts';
import { isSecretOf } from './secret.ts';

function malformed(): OAuthError {
  return new OAuthError(
    'invalid_client',
    'the Authorization header must be Basic with a form-encoded client_id and secret',
    {
      reason: 'basic_malformed',
    },
  );
}

/** OAuth 2.1 §2.4.1: both halves are form-encoded before they are joined. */
function formDecode(half: string): string {
  try {
    return decodeURIComponent(half.replaceAll('+', ' '));
  } catch {
    throw malformed();
  }
}

/** `client_secret_basic`: id and secret in the Authorization header (OAuth 2.1 §2.4.1). */
export const basic: ClientAuthentication = {
  method: 'client_secret_basic',
  read({ authorizationHeader, params }) {
    if (!authorizationHeader) return undefined;
    const encoded = /^Basic +([A-Za-z0-9+/]+={0,2}) *$/i.exec(authorizationHeader)?.[1];
    const pair = Buffer.from(encoded ?? '', 'base64').toString('utf8');
    const colon = pair.indexOf(':');
    if (colon < 1) throw malformed();
    const clientId = formDecode(pair.slice(0, colon));
    const named = parameter(params, 'client_id');
    if (named !== undefined && named !== clientId) {
      throw new OAuthError(
        'invalid_request',
        'client_id differs from the one in the Authorization header; send one client',
      );
    }
    return { clientId, secret: formDecode(pair.slice(colon + 1)) };
  },
  proves({ secret }, client, { clock }) {
    return isSecretOf(client, secret ?? '', clock.now());
  },
};
