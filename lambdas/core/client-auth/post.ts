import { OAuthError } from '../errors.ts';
import { parameter } from '../parameters.ts';
import type { ClientAuthentication } from './index.ts';
import { isSecretOf } from './secret.ts';

/** `client_secret_post`: id and secret in the form body (OAuth 2.1 §2.4.1). */
export const post: ClientAuthentication = {
  method: 'client_secret_post',
  read({ params }) {
    const secret = parameter(params, 'client_secret');
    if (secret === undefined) return undefined;
    const clientId = parameter(params, 'client_id');
    // With an Authorization header beside it the answer is about the two methods, not about the missing id.
    if (clientId === undefined)
      throw new OAuthError('invalid_request', 'client_id is missing; send it with client_secret');
    return { clientId, secret };
  },
  proves({ secret }, client, { clock }) {
    return isSecretOf(client, secret ?? '', clock.now());
  },
};
