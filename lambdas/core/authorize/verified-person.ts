import { OAuthError } from '../errors.ts';
import { isFreshEnough } from '../identity/fresh-sign-in.ts';
import type { Person } from '../person.ts';
import { IdentityProviderError } from '../ports/identity-provider.ts';
import type { LoginTransaction } from '../ports/interactions.ts';
import type { InteractionDeps } from './interaction.ts';

/**
 * Judges the identity provider's answer.
 * @param answer query string of the callback
 * @returns the person, or the error for the client if the provider said no or did not sign the person in again
 * @throws OAuthError for a page: temporarily_unavailable, server_error
 */
export async function verifiedPerson(
  answer: URLSearchParams,
  transaction: Pick<LoginTransaction, 'id' | 'upstream'>,
  deps: Pick<InteractionDeps, 'identityProvider'>,
): Promise<Person | OAuthError> {
  try {
    const person = await deps.identityProvider.verify(answer, { state: transaction.id, ...transaction.upstream });
    if (isFreshEnough(person, transaction.upstream)) return person;
    // OIDC Core §3.1.2.1: where the person cannot be authenticated anew, the client is told.
    return new OAuthError('login_required', 'the identity provider did not sign the person in again', {
      reason: 'sign_in_too_old',
    });
  } catch (cause) {
    if (!(cause instanceof IdentityProviderError)) throw cause;
    const detail = { reason: `identity_provider_${cause.kind}`, cause };
    if (cause.kind === 'denied') return new OAuthError('access_denied', 'the person was not signed in', detail);
    if (cause.kind === 'unavailable') {
      throw new OAuthError(
        'temporarily_unavailable',
        'the identity provider does not answer; reload in a minute',
        detail,
      );
    }
    throw new OAuthError(
      'server_error',
      'the identity provider gave an answer that cannot be trusted; start again',
      detail,
    );
  }
}
