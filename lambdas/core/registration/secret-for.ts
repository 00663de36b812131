import type { Client } from '../client.ts';
import { digest } from '../digest.ts';
import type { Entropy } from '../ports/entropy.ts';

/** What a client is told once, and what is stored of it. */
export interface IssuedSecret {
  readonly secret?: string;
  readonly stored: Pick<Client, 'secretDigest'>;
}

/** A secret for a client that authenticates by one; it keeps the one that it has. */
export function secretFor(
  { tokenEndpointAuthMethod }: Pick<Client, 'tokenEndpointAuthMethod'>,
  known: Pick<Client, 'secretDigest'>,
  entropy: Entropy,
): IssuedSecret {
  if (!tokenEndpointAuthMethod.startsWith('client_secret_')) return { stored: {} };
  if (known.secretDigest !== undefined) return { stored: { secretDigest: known.secretDigest } };
  const secret = `gs_${entropy.token(32)}`;
  return { secret, stored: { secretDigest: digest(secret) } };
}
