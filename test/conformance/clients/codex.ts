import type { ClientShape } from './client-shape.ts';

export const codex: ClientShape = {
  name: 'Codex CLI',
  peculiarity: 'sends no `resource`; takes its scopes from the server metadata',
  seen: 'openai/codex#24890, #15643',
  registration: {
    kind: 'dynamic',
    body: {
      client_name: 'Codex',
      redirect_uris: ['http://127.0.0.1:41733/callback'],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
  },
  redirectUri: 'http://127.0.0.1:41733/callback',
  auth: 'none',
  resource: 'omitted',
  scope: 'server metadata',
  revision: '2025-06-18',
};
