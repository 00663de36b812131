import type { ClientShape } from './client-shape.ts';

export const typescriptSdk: ClientShape = {
  name: 'Clients on the TypeScript SDK 2.x',
  peculiarity: 'adds `offline_access` where the server lists it, and then `prompt=consent`; speaks MCP 2026-07-28',
  seen: 'npm @modelcontextprotocol/client 2.4.0',
  registration: {
    kind: 'dynamic',
    body: {
      client_name: 'An agent',
      redirect_uris: ['http://127.0.0.1:8090/callback'],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      application_type: 'native',
    },
  },
  redirectUri: 'http://127.0.0.1:8090/callback',
  auth: 'none',
  scope: 'todo:read todo:write offline_access',
  parameters: { prompt: 'consent' },
  revision: '2026-07-28',
};
