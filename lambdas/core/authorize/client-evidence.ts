import type { Client } from '../client.ts';

/** Who vouches for the name of a client. */
export interface ClientEvidence {
  /** `verified-host`: whoever runs `verifiedHost` published this client (AS-28). */
  readonly evidence: 'self-asserted' | 'administrator' | 'verified-host';
  /** Host of the client id, with its port if it has one. */
  readonly verifiedHost?: string;
}

/** What is known of who named a client. */
export function clientEvidence({ kind, clientId }: Pick<Client, 'kind' | 'clientId'>): ClientEvidence {
  if (kind === 'metadata-document') return { evidence: 'verified-host', verifiedHost: new URL(clientId).host };
  return { evidence: kind === 'dynamic' ? 'self-asserted' : 'administrator' };
}
