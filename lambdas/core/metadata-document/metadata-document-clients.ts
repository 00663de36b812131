import type { Client } from '../client.ts';
import { OAuthError } from '../errors.ts';
import type { Clients } from '../ports/clients.ts';
import type { Documents } from '../ports/documents.ts';
import { DocumentError } from '../ports/documents.ts';
import { putNewest } from '../put-newest.ts';
import { copyLife } from './copy-life.ts';
import { clientOfDocument } from './client-of-document.ts';
import type { MetadataDocumentPolicy } from './host-policy.ts';
import { isHostAllowed } from './host-policy.ts';
import { judgeClientIdUrl, looksLikeUrl } from './judge-client-id-url.ts';

export interface MetadataDocumentDeps {
  readonly clients: Clients;
  readonly documents: Documents;
  readonly policy: MetadataDocumentPolicy;
  /** Code for a host that does not answer: a page says 503, the token endpoint knows only `invalid_client`. */
  readonly unavailable: 'temporarily_unavailable' | 'invalid_client';
}

/** Seconds for which a host that failed is left alone while a copy serves. */
const patience = 60;
/** Failed hosts remembered at once. */
const room = 1000;

const cures: Record<DocumentError['kind'], string> = {
  refused: 'the metadata document at client_id is not on a public host; serve it where everybody can fetch it',
  unavailable: 'the metadata document at client_id cannot be fetched now; try again in a minute',
  invalid: 'the metadata document at client_id cannot be used; answer 200 with a JSON object of at most 5 KB',
};

function refused(clientId: string, policy: MetadataDocumentPolicy): OAuthError | undefined {
  const problem = judgeClientIdUrl(clientId);
  if (problem !== undefined)
    return new OAuthError('invalid_client', `client_id ${problem}`, { reason: 'metadata_url' });
  if (isHostAllowed(clientId, policy)) return undefined;
  return new OAuthError('invalid_client', 'clients of this host are not allowed here; ask the administrator', {
    reason: 'metadata_host_denied',
  });
}

/**
 * Clients that are known by the URL of their metadata (CIMD, AS-20), beside those that are stored. Their documents are
 * fetched when they are needed and kept while they are fresh; a failure is never kept (AS-26).
 *
 * `find` throws OAuthError where a client id is such a URL and leads to no client (AS-27).
 */
export function metadataDocumentClients({ clients, documents, policy, unavailable }: MetadataDocumentDeps): Clients {
  const failed = new Map<string, number>();

  function failure(error: DocumentError): OAuthError {
    const code = error.kind === 'unavailable' ? unavailable : 'invalid_client';
    return new OAuthError(code, cures[error.kind], { reason: `metadata_${error.kind}`, cause: error });
  }

  function noteFailure(clientId: string, now: number): void {
    putNewest(failed, clientId, now + patience, room);
  }

  async function fetchClient(clientId: string, now: number, copy: Client | undefined): Promise<Client> {
    const { body, maxAge } = await documents.load(clientId, 'client-metadata');
    const used = copy?.lastUsedAt === undefined ? {} : { lastUsedAt: copy.lastUsedAt };
    const client = { ...clientOfDocument(clientId, body), ...used, registeredAt: now, ...copyLife(now, maxAge) };
    await clients.keepDocument(client);
    failed.delete(clientId);
    return client;
  }

  async function current(clientId: string, now: number, copy: Client | undefined): Promise<Client> {
    if (copy && Math.max(copy.freshUntil ?? 0, failed.get(clientId) ?? 0) > now) return copy;
    try {
      return await fetchClient(clientId, now, copy);
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      // Only where the host says nothing: if it says something else, the old copy is no longer its word.
      if (!copy || error.kind !== 'unavailable') throw failure(error);
      noteFailure(clientId, now);
      return copy;
    }
  }

  return {
    ...clients,
    async find(clientId, now) {
      const stored = await clients.find(clientId, now);
      // AS-30: ids that are given out here look different. An administrator's word about a URL comes first.
      if (!looksLikeUrl(clientId) || (stored && stored.kind !== 'metadata-document')) return stored;
      if (!policy.enabled) return undefined;
      const problem = refused(clientId, policy);
      if (problem) throw problem;
      return current(clientId, now, stored);
    },
  };
}
