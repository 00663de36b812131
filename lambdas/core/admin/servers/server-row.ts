import { keyPasteLines, pasteLines } from '../../paste-lines.ts';
import { protectedResourceMetadata } from '../../protected-resource-metadata.ts';
import type { ProtectedServer } from '../../protected-server.ts';
import { resourceMetadataUrl } from '../../resource-metadata-url.ts';
import type { AdminAnswer } from '../admin-handler.ts';
import type { ServerAnswer } from './server-answer.ts';

/** A row of the resource `servers`. The metadata are those that discovery publishes. */
export function serverRow(server: ProtectedServer, issuer: string): AdminAnswer {
  const { id, name, resource: url, path, apiKeys = 'accepted' } = server;
  const signsIn = apiKeys !== 'only';
  const place = { id, url };
  const structured: Omit<ServerAnswer, 'metadata'> = {
    scopes: server.scopes.map(({ name: scope, description, implies, tools, optional }) => ({
      ...{ name: scope, description, implies, tools, optional },
    })),
    paste: [...(signsIn ? pasteLines(place) : []), ...(apiKeys === 'refused' ? [] : keyPasteLines(place))],
  };
  const metadata = {
    metadataUrl: resourceMetadataUrl(issuer, path),
    metadata: protectedResourceMetadata(server, issuer),
  };
  return {
    server: id,
    name,
    url,
    credentials: [...(signsIn ? ['OAuth'] : []), ...(apiKeys === 'refused' ? [] : ['API keys'])],
    ...structured,
    // Where only keys open a server, no authorization server is to be found.
    ...(signsIn && metadata),
  };
}
