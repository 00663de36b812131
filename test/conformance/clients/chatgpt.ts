import type { ClientShape } from './client-shape.ts';

const callback = 'https://chatgpt.com/connector/oauth/Kp3vXq0aBc';

export const chatgpt: ClientShape = {
  name: 'ChatGPT',
  peculiarity: 'its document offers two methods, and it signs; looks for OpenID Connect discovery first',
  seen: 'developers.openai.com/apps-sdk/build/auth, workers-oauth-provider#295',
  registration: {
    kind: 'document',
    path: '/oauth/Kp3vXq0aBc/client.json',
    document: {
      client_name: 'ChatGPT',
      client_uri: 'https://chatgpt.com',
      redirect_uris: [callback],
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_methods_supported: ['private_key_jwt', 'none'],
      token_endpoint_auth_signing_alg: 'ES256',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
  },
  redirectUri: callback,
  auth: 'private_key_jwt',
  scope: 'resource metadata',
  discovery: 'openid-configuration',
  revision: '2025-11-25',
};
