import type { ClientShape } from './client-shape.ts';

export const vsCode: ClientShape = {
  name: 'VS Code',
  peculiarity: 'registers four redirect URIs, and calls back on another port if its own is taken',
  seen: 'microsoft/vscode#278512, #321834',
  registration: {
    kind: 'dynamic',
    body: {
      client_name: 'Visual Studio Code',
      client_uri: 'https://code.visualstudio.com',
      redirect_uris: [
        'https://insiders.vscode.dev/redirect',
        'https://vscode.dev/redirect',
        'http://127.0.0.1/',
        'http://127.0.0.1:33418/',
      ],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
      response_types: ['code'],
      application_type: 'native',
    },
  },
  redirectUri: 'http://127.0.0.1:49871/',
  auth: 'none',
  scope: 'challenge',
  revision: '2025-11-25',
};
