import { digest } from '../digest.ts';
import { OAuthError } from '../errors.ts';
import { parameter } from '../parameters.ts';
import type { ClientAuthentication } from './index.ts';
import { methodsOf } from './methods-of.ts';
import { leeway, readAssertion } from './read-assertion.ts';
import { refuseAssertion } from './refuse-assertion.ts';
import { verifyAssertion } from './verify-assertion.ts';

/** The only value of `client_assertion_type` (RFC 7523 §2.2). */
const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** `private_key_jwt`: a JWT that the client signed for this request (RFC 7523, OAuth 2.1 §2.4.2). */
export const privateKeyJwt: ClientAuthentication = {
  method: 'private_key_jwt',
  read({ params }, known) {
    const [jwt, type] = ['client_assertion', 'client_assertion_type'].map((name) => parameter(params, name));
    if (jwt === undefined && type === undefined) return undefined;
    // Half of it is no other method: least of all `none` (clients.md pain 17).
    if (jwt === undefined || type === undefined) {
      throw new OAuthError('invalid_request', 'send client_assertion and client_assertion_type together');
    }
    if (type !== jwtBearer) throw refuseAssertion('unsupported', `must come with client_assertion_type=${jwtBearer}`);
    const assertion = readAssertion(jwt, known);
    const named = parameter(params, 'client_id');
    // RFC 7521 §4.2: optional, but it must name the same client.
    if (named !== undefined && named !== assertion.clientId) {
      throw new OAuthError('invalid_request', 'client_id differs from the sub of client_assertion; send one client');
    }
    return { clientId: assertion.clientId, assertion };
  },
  async proves({ assertion }, client, { clientKeys, replay, clock, issuer }) {
    if (!assertion || !methodsOf(client).includes('private_key_jwt')) return false;
    if (client.assertionAlgorithm !== undefined && client.assertionAlgorithm !== assertion.algorithm) return false;
    if (!(await verifyAssertion(assertion, client, clientKeys))) return false;
    // After the signature: otherwise a stranger could spend the ids of a client before it does.
    const id = `client-assertion#${digest(JSON.stringify([issuer, client.clientId, assertion.jti]))}`;
    if (await replay.spend(id, assertion.exp + leeway, clock.now())) return true;
    throw refuseAssertion('replayed', 'was used before; make a new one, with a new jti, for each request');
  },
};
