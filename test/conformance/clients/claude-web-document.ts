import type { ClientShape } from './client-shape.ts';

export const claudeWebDocument: ClientShape = {
  name: 'Claude, by its document',
  peculiarity: 'takes its document where the server metadata list `none`',
  seen: 'claude.com/docs/connectors',
  registration: {
    kind: 'document',
    path: '/oauth/mcp-oauth-client-metadata',
    document: {
      client_name: 'Claude',
      client_uri: 'https://claude.ai',
      redirect_uris: ['https://claude.ai/api/mcp/auth_callback', 'https://claude.com/api/mcp/auth_callback'],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
  },
  redirectUri: 'https://claude.com/api/mcp/auth_callback',
  auth: 'none',
  scope: 'challenge',
  agents: { oauth: 'python-httpx/0.28.1', mcp: 'Claude-User' },
  refreshesAtOnce: 2,
  revision: '2025-11-25',
};
