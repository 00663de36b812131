import type { ClientShape } from './client-shape.ts';

export const claudeCode: ClientShape = {
  name: 'Claude Code',
  peculiarity:
    'its document lists portless loopback addresses, its requests any port; no User-Agent; refreshes without `scope`',
  seen: 'claude-code#41011, #47390, #89862',
  registration: {
    kind: 'document',
    path: '/oauth/claude-code-client-metadata',
    document: {
      client_name: 'Claude Code',
      client_uri: 'https://claude.ai',
      redirect_uris: ['http://localhost/callback', 'http://127.0.0.1/callback'],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
  },
  redirectUri: 'http://localhost:54212/callback',
  auth: 'none',
  scope: 'challenge',
  agents: { oauth: '', mcp: 'claude-code/2.1' },
  refreshesAtOnce: 3,
  revision: '2025-11-25',
};
