import type { Client } from '../client.ts';
import { digest, sameText } from '../digest.ts';
import { methodsOf } from './methods-of.ts';

/**
 * Whether this is the secret of the client, or the one before it in the overlap of a rotation (docs/decisions/0025). It
 * takes as long for a client without one. A client that has a secret may send it in either way, whichever it
 * registered: clients mix them up (clients.md pain 16).
 * @param now epoch seconds
 */
export function isSecretOf(client: Client, secret: string, now: number): boolean {
  const { secretDigest = '', previousSecretDigest = '', previousSecretUntil = 0 } = client;
  const sent = digest(secret);
  // Both are always compared, so that the time does not tell which one it is, nor whether there is another.
  const [isCurrent, isPrevious] = [sameText(sent, secretDigest), sameText(sent, previousSecretDigest)];
  const same = isCurrent || (isPrevious && now < previousSecretUntil);
  return same && methodsOf(client).some((method) => method.startsWith('client_secret_'));
}
