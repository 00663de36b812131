import type { ClientShape } from './client-shape.ts';

export const claudeCodeDynamic: ClientShape = {
  name: 'Claude Code, registered',
  peculiarity: 'registers without `scope` and asks for scopes later; sends the origin as `resource`',
  seen: 'appstrate#1267, claude-code#52871',
  registration: {
    kind: 'dynamic',
    body: {
      client_name: 'Claude Code (todo)',
      redirect_uris: ['http://localhost:54212/callback'],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
  },
  redirectUri: 'http://localhost:61234/callback',
  auth: 'none',
  resource: 'origin',
  scope: 'resource metadata',
  agents: { oauth: '', mcp: 'claude-code/2.1' },
  refreshesAtOnce: 3,
  revision: '2025-06-18',
};
