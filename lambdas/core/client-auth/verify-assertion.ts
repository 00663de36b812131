import type { Client } from '../client.ts';
import { OAuthError } from '../errors.ts';
import type { ClientKeys } from '../ports/client-keys.ts';
import { DocumentError } from '../ports/documents.ts';
import { isSignedBy } from './is-signed-by.ts';
import type { ClientAssertion } from './read-assertion.ts';
import { refuseAssertion } from './refuse-assertion.ts';

/**
 * Whether a key of the client signed the assertion. A client that has just changed its keys is asked for them again.
 * @throws OAuthError if its keys cannot be had
 */
export async function verifyAssertion(
  assertion: ClientAssertion,
  client: Client,
  clientKeys: ClientKeys,
): Promise<boolean> {
  try {
    if (await isSignedBy(assertion, await clientKeys.find(client))) return true;
    if (client.jwksUri === undefined) return false;
    return await isSignedBy(assertion, await clientKeys.find(client, { fresh: true }));
  } catch (cause) {
    if (!(cause instanceof DocumentError)) throw cause;
    // Not invalid_client: for that, clients throw their registration and tokens away.
    if (cause.kind === 'unavailable') {
      throw new OAuthError('temporarily_unavailable', 'the jwks_uri of the client does not answer; try again', {
        cause,
      });
    }
    throw refuseAssertion('keys', 'cannot be verified: the jwks_uri of the client gives no usable key set', cause);
  }
}
