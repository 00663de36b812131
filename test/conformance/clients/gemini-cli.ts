import type { ClientShape } from './client-shape.ts';

export const geminiCli: ClientShape = {
  name: 'Gemini CLI',
  peculiarity: 'gives up unless `resource` of the metadata is the URL that it was given, byte for byte',
  seen: 'google-gemini/gemini-cli#25508',
  registration: {
    kind: 'dynamic',
    body: {
      client_name: 'Gemini CLI MCP Client',
      redirect_uris: ['http://localhost:7777/oauth/callback'],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
  },
  redirectUri: 'http://localhost:7777/oauth/callback',
  auth: 'none',
  scope: 'resource metadata',
  refreshesWithScope: true,
  revision: '2025-06-18',
};
