import type { ClientShape } from './client-shape.ts';

export const cursor: ClientShape = {
  name: 'Cursor',
  peculiarity: 'registers three redirect URIs at once, of three kinds; asks for all scopes of the resource',
  seen: 'erp-mafia/accounted#2225, bytebase#20510',
  registration: {
    kind: 'dynamic',
    body: {
      client_name: 'Cursor',
      redirect_uris: [
        'cursor://anysphere.cursor-mcp/oauth/callback',
        'https://www.cursor.com/agents/mcp/oauth/callback',
        'http://localhost:8787/callback',
      ],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
  },
  redirectUri: 'cursor://anysphere.cursor-mcp/oauth/callback',
  auth: 'none',
  scope: 'resource metadata',
  revision: '2025-11-25',
};
