import { afterAll, describe, expect, inject, test } from 'vitest';
import type { Credentials } from '../rig/client-credentials.ts';
import { publishedKeys } from '../rig/client-credentials.ts';
import { sendAs } from '../rig/client-http.ts';
import { authorityFile, startDocumentServer } from '../rig/document-server.ts';
import { startGatehouse } from '../rig/gatehouse.ts';
import { readJson } from '../rig/oauth-client.ts';
import { allClients } from './clients/all-clients.ts';
import type { ClientShape } from './clients/client-shape.ts';
import type { Discovered } from './clients/discover.ts';
import { Replay } from './clients/replay.ts';
import { clientsPage } from './clients/table.ts';

// A runner of its own, which trusts the hosts of the metadata documents.
const documents = await startDocumentServer();
afterAll(() => documents.stop());
const gatehouse = await startGatehouse({
  app: inject('gatehouse').assemblyPath,
  env: { NODE_EXTRA_CA_CERTS: authorityFile },
});
afterAll(() => gatehouse.stop());
const mcpUrl = gatehouse.mcpUrls['todo'] ?? '';

async function register(shape: ClientShape, found: Discovered): Promise<Credentials> {
  const { registration, agents, origin, auth } = shape;
  if (registration.kind === 'document') {
    expect(found.documents).toBe(true);
    const clientId = documents.url(registration.path);
    const keys = auth === 'private_key_jwt' || 'token_endpoint_auth_methods_supported' in registration.document;
    const jwksUri = documents.url(`${registration.path}.keys`);
    if (keys) documents.publish(`${registration.path}.keys`, publishedKeys);
    const filled = { client_id: clientId, ...registration.document, ...(keys && { jwks_uri: jwksUri }) };
    documents.publish(registration.path, filled);
    return { clientId };
  }
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(registration.body),
  };
  const answer = await readJson(await sendAs(found.registrationEndpoint, init, { agent: agents?.oauth, origin }));
  expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
  // Pains 6 and 16: all addresses, the method that was asked for, and no member without a value.
  const { redirect_uris: uris, token_endpoint_auth_method: method } = registration.body;
  expect(answer.body).toMatchObject({ redirect_uris: uris, token_endpoint_auth_method: method });
  expect(Object.values(answer.body)).not.toContain(null);
  const { client_id: clientId, client_secret: secret } = answer.body as { client_id: string; client_secret?: string };
  expect(typeof secret).toBe(method === 'none' ? 'undefined' : 'string');
  return { clientId, secret };
}

const steps = {
  Discovery: (replay) => replay.discovery(),
  Registration: (replay) => replay.registration(),
  Authorization: (replay) => replay.authorization(),
  Tokens: (replay) => replay.tokens(),
  'MCP call': (replay) => replay.call(),
  Refresh: (replay) => replay.refresh(),
  'Second connect': (replay) => replay.secondConnect(),
} satisfies Record<string, (replay: Replay) => Promise<void>>;

const rows = new Map<ClientShape, string[]>(allClients.map((shape) => [shape, []]));

describe.each(allClients)('$name', (shape) => {
  const replay = new Replay(shape, mcpUrl, register);
  test.each(Object.entries(steps))('%s', async (_, step) => {
    const row = rows.get(shape) ?? [];
    try {
      await step(replay);
      row.push('✓');
    } catch (error) {
      const [reason = ''] = error instanceof Error ? error.message.split('\n') : [String(error)];
      row.push(`✗ ${reason.replaceAll('|', '/').slice(0, 80)}`);
      throw error;
    }
  });
});

test('docs/clients.md says what this run found', async () => {
  await expect(clientsPage(allClients, Object.keys(steps), rows)).toMatchFileSnapshot('../../docs/clients.md');
});
