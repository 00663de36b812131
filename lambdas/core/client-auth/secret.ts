import type { Client } from '../client.ts';
import { digest, sameText } from '../digest.ts';
import { methodsOf } from './methods-of.ts';

/**
 * Whether this is the secret of the client. It takes as long for a client without one. A client that has a secret may
 * send it in either way, whichever it registered: clients mix them up (clients.md pain 16).
 */
export function isSecretOf(client: Client, secret: string): boolean {
  const same = sameText(digest(secret), client.secretDigest ?? '');
  return same && methodsOf(client).some((method) => method.startsWith('client_secret_'));
}
