import type { ClientShape } from './client-shape.ts';

export const mcpRemote: ClientShape = {
  name: 'mcp-remote',
  peculiarity: 'probes by GET before anything else; runs two to five times at once',
  seen: 'punkpeye/mcp-remote#325',
  registration: {
    kind: 'dynamic',
    body: {
      client_name: 'MCP CLI Proxy',
      redirect_uris: ['http://localhost:22227/oauth/callback'],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      application_type: 'native',
      software_id: '2e6dc280-f3c3-4e01-99a7-8181dbd1d23d',
    },
  },
  redirectUri: 'http://localhost:22227/oauth/callback',
  auth: 'none',
  scope: 'challenge',
  probe: 'GET',
  refreshesAtOnce: 5,
  revision: '2025-11-25',
};
