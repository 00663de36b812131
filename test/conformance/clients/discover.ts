import { expect } from 'vitest';
import { sendAs } from '../../rig/client-http.ts';
import { readJson } from '../../rig/oauth-client.ts';
import type { ClientShape } from './client-shape.ts';
import { helloOf } from './hello.ts';

/** What a client knows when it has only had the URL of an MCP server. */
export interface Discovered {
  readonly issuer: string;
  readonly resource: string;
  readonly registrationEndpoint: string;
  readonly tokenEndpoint: string;
  /** Whether a document may stand for a registration. */
  readonly documents: boolean;
  /** The scopes that each place names. */
  readonly scopes: Readonly<Record<'challenge' | 'resource metadata' | 'server metadata', string>>;
}

/** From a bare URL to the endpoints: the challenge, the resource metadata that it names, the server metadata. */
export async function discover(shape: ClientShape, mcpUrl: string): Promise<Discovered> {
  const oauth = { agent: shape.agents?.oauth, origin: shape.origin };
  const getJson = async (url: string): Promise<Readonly<Record<string, unknown>>> => {
    const answer = await readJson(await sendAs(url, { headers: { accept: 'application/json' } }, oauth));
    expect(answer.status, url).toBe(200);
    return answer.body;
  };
  const challenge = await challengeOf(shape, mcpUrl);
  const resource = await getJson(attribute(challenge, 'resource_metadata'));
  // Pain 7: byte for byte, or strict clients stop here.
  expect(resource['resource']).toBe(mcpUrl);
  const [issuer = ''] = resource['authorization_servers'] as string[];
  const server = await getJson(`${issuer}/.well-known/${shape.discovery ?? 'oauth-authorization-server'}`);
  // Pains 9 and 12.
  expect(server).toMatchObject({
    issuer,
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: expect.arrayContaining([shape.auth]) as string[],
  });
  return {
    issuer,
    resource: String(resource['resource']),
    registrationEndpoint: String(server['registration_endpoint']),
    tokenEndpoint: String(server['token_endpoint']),
    documents: server['client_id_metadata_document_supported'] === true,
    scopes: {
      challenge: attribute(challenge, 'scope'),
      'resource metadata': (resource['scopes_supported'] as string[]).join(' '),
      'server metadata': (server['scopes_supported'] as string[]).join(' '),
    },
  };
}

async function challengeOf(shape: ClientShape, mcpUrl: string): Promise<string> {
  const { headers, body } = helloOf(shape.revision);
  const init =
    shape.probe === 'GET'
      ? { method: 'GET', headers: { accept: 'text/event-stream' } }
      : { method: 'POST', headers, body };
  const answer = await sendAs(mcpUrl, init, { agent: shape.agents?.mcp, origin: shape.origin });
  await answer.body?.cancel();
  // Pain 11.
  expect(answer.status).toBe(401);
  const exposed = (answer.headers.get('access-control-expose-headers') ?? '').toLowerCase();
  if (shape.origin !== undefined) expect(exposed).toContain('www-authenticate');
  return answer.headers.get('www-authenticate') ?? '';
}

function attribute(challenge: string, name: string): string {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(challenge)?.[1];
  expect(value, `${name} in ${challenge}`).toBeDefined();
  return value ?? '';
}
