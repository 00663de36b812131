import { CommandError } from '../errors.ts';
import { ask } from './get-json.ts';
import { toldUrl } from './judge-url.ts';
import { defaultPort, redirectUri } from './redirect-uri.ts';

/** The same every time: Gatehouse gives the same id for it, so that no heap of clients comes about. */
const metadata = {
  client_name: 'Gatehouse command line',
  // RFC 8252 §7.3: the port may be another one when it comes to it.
  redirect_uris: [redirectUri(defaultPort)],
  grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
  response_types: ['code'],
  token_endpoint_auth_method: 'none',
  application_type: 'native',
};

const cure = `Ask an administrator for a client with the redirect URI ${redirectUri(defaultPort)}, and give --client-id.`;

/**
 * Registers the command line as a client (RFC 7591).
 * @returns its client id
 * @throws CommandError where registration is closed or refused
 */
export async function registerClient(
  server: { readonly issuer: string; readonly registration_endpoint?: string | undefined },
  stop: AbortSignal,
): Promise<string> {
  if (server.registration_endpoint === undefined) {
    throw new CommandError(`${server.issuer} lets no client register itself.`, { cure });
  }
  const endpoint = toldUrl(server.registration_endpoint, 'registration endpoint', new URL(server.issuer));
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const answer = await ask(endpoint, { method: 'POST', headers, body: JSON.stringify(metadata) }, stop);
  const body = (await answer.json().catch(() => ({}))) as Readonly<Record<string, unknown>>;
  const { client_id: clientId, error_description: description } = body;
  if (answer.status === 201 && typeof clientId === 'string') return clientId;
  const why = typeof description === 'string' ? `: ${description}` : ` (status ${answer.status})`;
  throw new CommandError(`Registration was refused${why}`, { cure });
}
