import type { Client } from '../client.ts';
import { digest, sameText } from '../digest.ts';
import { OAuthError } from '../errors.ts';
import { findClient } from '../find-client.ts';
import type { LoginTransaction } from '../ports/interactions.ts';
import { unknownClient } from './client.ts';
import type { InteractionDeps } from './interaction.ts';
import { trustRedirect } from './redirect-uri.ts';

function refused(reason: string, problem: string): OAuthError {
  return new OAuthError('invalid_request', `${problem}; start again in your client`, { reason });
}

/** The transaction is gone, or does not wait for this step. */
export function unknownTransaction(): OAuthError {
  return refused('unknown_transaction', 'this sign-in has expired or was answered already');
}

/**
 * Finds a transaction for the browser that began it, and no other: a link that somebody else started must not end in
 * this person's consent (login CSRF, AS-49).
 * @throws OAuthError invalid_request
 */
export async function pendingTransaction(
  id: string | undefined,
  browserCookie: string | undefined,
  deps: Pick<InteractionDeps, 'interactions' | 'clock'>,
): Promise<LoginTransaction> {
  // Ids are 32 random bytes as base64url; the store is not asked for anything else.
  const wellFormed = id !== undefined && /^[\w-]{43}$/.test(id);
  const transaction = wellFormed ? await deps.interactions.find(id, deps.clock.now()) : undefined;
  if (!transaction) throw unknownTransaction();
  if (!browserCookie || !sameText(digest(browserCookie), transaction.browserDigest)) {
    throw refused('other_browser', 'this sign-in began in another browser, or cookies are blocked');
  }
  return transaction;
}

/**
 * The client of a waiting transaction and its redirect URI, trusted anew: it may have changed meanwhile.
 * @throws OAuthError invalid_client if it is gone, invalid_request if the URI is no longer registered
 */
export async function waitingClient(
  { request }: LoginTransaction,
  deps: Pick<InteractionDeps, 'clients' | 'clock'>,
): Promise<{ readonly client: Client; readonly redirect: ReturnType<typeof trustRedirect> }> {
  const client = await findClient(request.clientId, deps);
  if (!client) throw unknownClient();
  return { client, redirect: trustRedirect(client, request.redirectUri, request.state) };
}
