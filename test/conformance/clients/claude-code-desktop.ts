import type { ClientShape } from './client-shape.ts';

export const claudeCodeDesktop: ClientShape = {
  name: 'Claude Code desktop app',
  peculiarity: 'is called back by a scheme of its own, which has no dot',
  seen: 'RevenueCat/ai-toolkit#58',
  registration: {
    kind: 'dynamic',
    body: {
      client_name: 'Claude Code',
      redirect_uris: ['claude://claude.ai/mcp-auth-callback/sdk'],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      application_type: 'native',
    },
  },
  redirectUri: 'claude://claude.ai/mcp-auth-callback/sdk',
  auth: 'none',
  scope: 'challenge',
  revision: '2025-11-25',
};
