import { OAuthError } from '../errors.ts';
import { IdentityProviderError } from '../ports/identity-provider.ts';
import type { LoginTransaction } from '../ports/interactions.ts';
import type { InteractionDeps } from './interaction.ts';

/**
 * Where the browser signs in for a transaction.
 * @throws OAuthError temporarily_unavailable if the identity provider cannot be reached
 */
export async function signInUrl(
  transaction: Pick<LoginTransaction, 'id' | 'upstream'>,
  deps: Pick<InteractionDeps, 'identityProvider'>,
): Promise<string> {
  try {
    // Nothing of the client's request but a login_hint goes upstream (D8): state, nonce and PKCE are the server's own.
    return await deps.identityProvider.signInUrl({ state: transaction.id, ...transaction.upstream });
  } catch (error) {
    if (!(error instanceof IdentityProviderError)) throw error;
    throw new OAuthError('temporarily_unavailable', 'the identity provider does not answer; try again in a minute', {
      reason: `identity_provider_${error.kind}`,
      cause: error,
    });
  }
}
