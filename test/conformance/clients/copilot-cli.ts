import type { ClientShape } from './client-shape.ts';

export const copilotCli: ClientShape = {
  name: 'GitHub Copilot CLI',
  peculiarity: 'its document lists one port, its requests take another',
  seen: 'github/copilot-cli#4793, #4800',
  registration: {
    kind: 'document',
    path: '/copilot/cli/client-metadata.json',
    document: {
      client_name: 'GitHub Copilot CLI',
      client_uri: 'https://github.com/features/copilot/cli',
      redirect_uris: ['http://127.0.0.1:33418/'],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
  },
  redirectUri: 'http://127.0.0.1:40519/',
  auth: 'none',
  scope: 'challenge',
  revision: '2025-11-25',
};
