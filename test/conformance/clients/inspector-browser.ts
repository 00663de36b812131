import type { ClientShape } from './client-shape.ts';

export const inspectorBrowser: ClientShape = {
  name: 'MCP Inspector in a browser',
  peculiarity: 'every request is cross-origin: behind a preflight, and read only as far as CORS allows',
  seen: 'sentry-mcp#999, typescript-sdk#715',
  registration: {
    kind: 'dynamic',
    body: {
      client_name: 'MCP Inspector',
      client_uri: 'https://github.com/modelcontextprotocol/inspector',
      redirect_uris: ['http://localhost:6274/oauth/callback', 'http://localhost:6274/oauth/callback/debug'],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
  },
  redirectUri: 'http://localhost:6274/oauth/callback/debug',
  auth: 'none',
  scope: 'challenge',
  origin: 'http://localhost:6274',
  revision: '2025-11-25',
};
