import { parameter } from '../parameters.ts';
import type { ClientAuthentication } from './index.ts';
import { methodsOf } from './methods-of.ts';

/** `none`: a public client names itself and proves nothing (OAuth 2.1 §2.1). */
export const none: ClientAuthentication = {
  method: 'none',
  read({ authorizationHeader, params }) {
    const otherWay = ['client_secret', 'client_assertion', 'client_assertion_type'].some(
      (name) => parameter(params, name) !== undefined,
    );
    const clientId = parameter(params, 'client_id');
    return clientId === undefined || otherWay || authorizationHeader ? undefined : { clientId };
  },
  proves(_credentials, client) {
    return methodsOf(client).includes('none');
  },
};
