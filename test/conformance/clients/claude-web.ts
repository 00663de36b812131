import type { ClientShape } from './client-shape.ts';

export const claudeWeb: ClientShape = {
  name: 'Claude (web, desktop, mobile)',
  peculiarity:
    'registers anew at each fresh connect, as a client with a secret that it posts; refreshes from two machines at once',
  seen: 'claude.com/docs/connectors, claude-ai-mcp#1043, fastmcp#4264',
  registration: {
    kind: 'dynamic',
    body: {
      client_name: 'Claude',
      redirect_uris: ['https://claude.ai/api/mcp/auth_callback'],
      token_endpoint_auth_method: 'client_secret_post',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      scope: 'claudeai',
    },
  },
  redirectUri: 'https://claude.ai/api/mcp/auth_callback',
  auth: 'client_secret_post',
  scope: 'challenge',
  agents: { oauth: 'python-httpx/0.28.1', mcp: 'Claude-User' },
  refreshesAtOnce: 2,
  revision: '2025-11-25',
};
